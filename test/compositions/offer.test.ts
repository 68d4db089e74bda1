import { readdir } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { callByName } from '../../compositions/kit/call-by-name.ts';
import offer from '../../compositions/offer/composition.ts';
import { type OfferSampleName, offerStoryboard } from './sample-storyboard.ts';

const samples: readonly OfferSampleName[] = ['ada-fix', 'beatrice-solar', 'chiara-check'];

describe('the offer film', () => {
  test('has a component for every scene, and no other', async () => {
    const files = await readdir(new URL('../../compositions/offer/scenes/', import.meta.url));
    expect(files.sort()).toEqual(offer.scenes.map((it) => `${it.id}.tsx`).sort());
  });

  test.each(samples)('tells %s in 20 to 30 seconds, in words that show the price', async (name) => {
    const { storyboard, view } = await offerStoryboard(name);
    const frames = storyboard.scenes.reduce((sum, it) => sum + it.durationInFrames, 0);
    expect(frames / storyboard.fps).toBeGreaterThanOrEqual(20);
    expect(frames / storyboard.fps).toBeLessThanOrEqual(30);
    for (const scene of storyboard.scenes) expect(scene.caption, scene.id).toMatch(/\S[.!?…]$/u);
    const price = storyboard.scenes.find((it) => it.id === 'price');
    expect(price?.caption).toContain(view.offer.price);
    expect(price?.caption).toContain(view.offer.saving);
    expect(price?.interactions?.[0]).toMatchObject({ label: view.offer.button, target: 'offer' });
  });

  test.each(samples)('shows others %s`s offer by the same segments', async (name) => {
    const [one, other] = await Promise.all([
      offerStoryboard(name),
      offerStoryboard(name, { firstName: 'Somebody', lastName: 'Else', externalId: 'NL-2' }),
    ]);
    const differing = one.storyboard.scenes.filter(
      ({ props }, at) => JSON.stringify(props) !== JSON.stringify(other.storyboard.scenes[at]?.props),
    );
    expect(differing.map(({ id }) => id)).toEqual(['greeting']);
  });
});

test.each([
  ['Anna', 'names/anna.mp3'],
  ['Jürgen', 'names/juergen.mp3'],
  ['Niccolò', 'names/niccolo.mp3'],
  ['D’Angela', 'names/d-angela.mp3'],
  ['Hans-Peter', 'names/hans-peter.mp3'],
  ['', undefined],
  ['../../etc/passwd', undefined],
  ['Mia 🌻', undefined],
  ['محمد', undefined],
  ['a'.repeat(41), undefined],
])('a recording of “%s” is looked for as %s', (name, clip) => {
  expect(callByName('Hallo', name).clip).toBe(clip);
});
