import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson, posterKey, videoKey } from '../../src/render/artefact-key.ts';
import { sampleStoryboard } from '../compositions/sample-storyboard.ts';

test('the same video has the same key, however its props are ordered', async () => {
  const { storyboard } = await sampleStoryboard('ada-credit');
  const turned = {
    ...storyboard,
    scenes: storyboard.scenes.map((it) => ({
      ...it,
      props: Object.fromEntries(Object.entries(it.props).reverse()),
    })),
  };
  expect(videoKey(turned, '16:9')).toBe(videoKey(storyboard, '16:9'));
  expect(videoKey(storyboard, '16:9')).toMatch(/^video\/[0-9a-f]{64}\.mp4$/);
  expect(posterKey(storyboard, '16:9')).toMatch(/^poster\/[0-9a-f]{64}\.jpg$/);
});

test('whatever can be seen makes another key', async () => {
  const { storyboard } = await sampleStoryboard('ada-credit');
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
  const said = { ...storyboard, scenes: [{ ...first, caption: 'in other words' }, ...rest] };
  expect(videoKey(said, '16:9')).toBe(keys[0]);
});

test('canonical JSON reads back as what it was', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const plain = JSON.parse(JSON.stringify(value));
      expect(JSON.parse(canonicalJson(plain))).toEqual(plain);
    }),
  );
});
