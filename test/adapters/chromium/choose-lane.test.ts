import { expect, test } from 'vitest';
import { createLanes, type LaneChoice } from '../../../src/adapters/chromium/choose-lane.ts';
import type { Storyboard } from '../../../src/merge/snapshot.ts';
import type { Paint } from '../../../src/template/composition.ts';
import { openLane } from './fast-lane/open-lane.ts';

test('a film goes to one lane: the fast one where it works and can draw all of it', async () => {
  const [first, second] = [await openLane(), await openLane()];
  const lanes = { fast: first.lane, reference: second.lane };
  const choose = (videoLane: LaneChoice['videoLane'], works: boolean) =>
    createLanes({
      ...lanes,
      videoLane,
      probe: async () => (works ? { ok: true } : { ok: false, reason: 'it has no encoder for H.264' }),
    });
  try {
    expect(await choose('auto', true).laneFor(film('changes', 'always'))).toBe(lanes.fast);
    expect(await choose('auto', true).laneFor(film('changes', 'footage'))).toBe(lanes.reference);
    expect(await choose('auto', false).laneFor(film('changes'))).toBe(lanes.reference);
    expect(await choose('reference', true).laneFor(film('changes'))).toBe(lanes.reference);
    expect(await choose('fast', true).laneFor(film('changes'))).toBe(lanes.fast);
    await expect(choose('fast', true).laneFor(film('changes', 'footage'))).rejects.toMatchObject({
      code: 'config-invalid',
      message: expect.stringContaining('scene "s1" of "film" shows footage'),
    });
    await expect(choose('fast', false).laneFor(film('changes'))).rejects.toMatchObject({
      code: 'browser-unavailable',
      message: expect.stringContaining('it has no encoder for H.264'),
    });
  } finally {
    await first.end();
    await second.end();
  }
});

function film(...paints: readonly Paint[]): Storyboard {
  return {
    composition: 'film',
    version: 'test',
    fps: 30,
    lang: 'en',
    posterFrame: 0,
    scenes: paints.map((paint, index) => ({
      id: `s${index}`,
      durationInFrames: 30,
      props: {},
      chapter: '',
      caption: '',
      paint,
    })),
  };
}
