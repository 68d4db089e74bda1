import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { Storyboard } from '../../../src/merge/snapshot.ts';
import { videoKey } from '../../../src/render/artefact-key.ts';
import { jobsOf, segmentKey } from '../../../src/render/segment-key.ts';
import { adaptStoryboard } from '../../../src/web/site/player/adapt-storyboard.ts';
import { sampleStoryboard } from '../../compositions/sample-storyboard.ts';

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

test('the file and its segments are the same for all, whatever can be asked and answered in the page', async () => {
  const { storyboard: film } = await sampleStoryboard('ada-credit');
  expect(film.scenes.some((it) => it.adapts) && film.scenes.some((it) => it.interactions)).toBe(true);
  const scenes = film.scenes.map(({ adapts: _, interactions: __, ...scene }) => scene);
  const mute = { ...film, scenes };
  expect(videoKey(mute, '9:16')).toBe(videoKey(film, '9:16'));
  const keys = (one: Storyboard) => jobsOf(one, '9:16').map((job) => segmentKey(job, 'some lane'));
  expect(keys(mute)).toEqual(keys(film));
});

test('every answer of the statement`s question has its own film, as long as the others', async () => {
  const { storyboard: film } = await sampleStoryboard('ada-credit');
  const forms = JSON.parse(await readFile('templates/statement/forms.json', 'utf8'));
  const options: string[] = forms.goal.fields[0].options;
  const films = options.map((goal) => adaptStoryboard(film, { goal: { goal } }));
  expect(new Set(films.map((it) => JSON.stringify(it.scenes))).size).toBe(options.length);
  for (const { scenes } of films) {
    expect(scenes.map((it) => it.durationInFrames)).toEqual(film.scenes.map((it) => it.durationInFrames));
    expect(scenes.every(({ chapter, caption }) => chapter !== '' && caption !== '')).toBe(true);
  }
});
