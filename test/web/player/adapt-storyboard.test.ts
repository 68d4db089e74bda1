import { expect, test } from 'vitest';
import type { Storyboard } from '../../../src/merge/snapshot.ts';
import { adaptStoryboard } from '../../../src/web/site/player/adapt-storyboard.ts';

const plain = { id: 'plain', durationInFrames: 10, props: { a: 1 }, chapter: 'Plain', caption: 'Plain.' };
const storyboard: Storyboard = {
  composition: 'test',
  version: 'test',
  fps: 30,
  lang: 'en',
  posterFrame: 0,
  scenes: [
    plain,
    {
      ...plain,
      id: 'tips',
      props: { title: 'Tips', tips: ['a', 'b'] },
      adapts: {
        form: 'goal',
        field: 'goal',
        by: { money: { props: { title: 'Save money' }, caption: 'Money.' }, ease: { chapter: 'Ease' } },
      },
    },
  ],
};
const tips = (answer: unknown) => adaptStoryboard(storyboard, { goal: { goal: answer } }).scenes[1];

test('what an answer changes is changed, and nothing else', () => {
  expect(tips('money')).toMatchObject({
    props: { title: 'Save money', tips: ['a', 'b'] },
    chapter: 'Plain',
    caption: 'Money.',
    durationInFrames: 10,
  });
  expect(tips('ease')).toMatchObject({ props: { title: 'Tips' }, chapter: 'Ease', caption: 'Plain.' });
  expect(adaptStoryboard(storyboard, { goal: { goal: 'money' } }).scenes[0]).toBe(plain);
});

test.each([['constructor'], ['__proto__'], ['other'], [''], [7], [null], [['money']]])(
  'an answer that it does not know (%s) changes nothing',
  (answer) => {
    expect(adaptStoryboard(storyboard, { goal: { goal: answer } })).toBe(storyboard);
  },
);

test('nor does another form, or none', () => {
  expect(adaptStoryboard(storyboard, {})).toBe(storyboard);
  expect(adaptStoryboard(storyboard, { taste: { goal: 'money' } })).toBe(storyboard);
});
