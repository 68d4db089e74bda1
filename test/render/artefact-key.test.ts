import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stillKey, stillKeys, videoKey } from '../../src/render/artefact-key.ts';
import { canonicalJson } from '../../src/render/canonical-json.ts';
import { sampleFilm, scene } from '../support/sample-film.ts';

const storyboard = sampleFilm([
  scene('greeting', 90, { props: { greeting: 'Hallo', tone: 'warm' } }),
  scene('end', 60),
]);

test('the same video has the same key, however its props are ordered', () => {
  const turned = {
    ...storyboard,
    scenes: storyboard.scenes.map((it) => ({
      ...it,
      props: Object.fromEntries(Object.entries(it.props).reverse()),
    })),
  };
  expect(videoKey(turned, '16:9')).toBe(videoKey(storyboard, '16:9'));
  expect(videoKey(storyboard, '16:9')).toMatch(/^video\/[0-9a-f]{64}\.mp4$/);
  expect(stillKey(storyboard, '16:9', 'poster.jpg')).toMatch(/^poster\/[0-9a-f]{64}\.jpg$/);
  expect(new Set(stillKeys(storyboard, '16:9')).size).toBe(4);
});

test('whatever can be seen makes another key', () => {
  const [first, ...rest] = storyboard.scenes;
  if (!first) throw new Error('no scene');
  const keys = [
    videoKey(storyboard, '16:9'),
    videoKey(storyboard, '9:16'),
    videoKey({ ...storyboard, version: 'other' }, '16:9'),
    videoKey({ ...storyboard, scenes: rest }, '16:9'),
    videoKey({ ...storyboard, scenes: [{ ...first, durationInFrames: 9 }, ...rest] }, '16:9'),
    videoKey(
      { ...storyboard, scenes: [{ ...first, props: { ...first.props, greeting: '' } }, ...rest] },
      '16:9',
    ),
  ];
  expect(new Set(keys).size).toBe(keys.length);
});

test('whatever the file tells or sounds makes another key; what only the page shows does not', () => {
  const [first, ...rest] = storyboard.scenes;
  if (!first) throw new Error('no scene');
  const withFirst = (change: Partial<typeof first>) =>
    videoKey({ ...storyboard, scenes: [{ ...first, ...change }, ...rest] }, '16:9');
  const keys = [
    videoKey(storyboard, '16:9'),
    videoKey({ ...storyboard, title: 'Another name' }, '16:9'),
    videoKey({ ...storyboard, music: 'another.m4a' }, '16:9'),
    withFirst({ chapter: 'Another chapter' }),
    withFirst({ narration: [{ say: 'Other words.' }] }),
    withFirst({ narration: [{ say: 'Other words.', clip: 'other/words.mp3' }] }),
  ];
  expect(new Set(keys).size).toBe(keys.length);
  const link = { kind: 'link', label: 'More', target: 'more', from: 0, until: 9 } as const;
  expect(withFirst({ caption: 'in other words', interactions: [link] })).toBe(keys[0]);
});

test('canonical JSON reads back as what it was', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const plain = JSON.parse(JSON.stringify(value));
      expect(JSON.parse(canonicalJson(plain))).toEqual(plain);
    }),
  );
});
