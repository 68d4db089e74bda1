import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { duckUnder } from '../../../src/render/sound/duck.ts';
import { limitPeaks } from '../../../src/render/sound/limit-peaks.ts';
import { loudness } from '../../../src/render/sound/loudness.ts';
import { mix } from '../../../src/render/sound/mix.ts';
import { type Pcm, silence } from '../../../src/render/sound/pcm.ts';
import { placeTakes, tempoOf } from '../../../src/render/sound/place-takes.ts';
import { draw, level, measure, seeded, syllables, tone, wave } from '../../support/sound.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dearly-mix-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const random = seeded(11);
const noise = draw(6, () => 0.4 * (random() - 0.5));
const half = draw(8, (second) => (second < 4 ? 0.3 : 0.002) * Math.sin(second * 2 * Math.PI * 500));

test.each<[string, Pcm]>([
  ['a tone', tone(5, 1000)],
  ['a low tone', tone(5, 60)],
  ['syllables', syllables(8)],
  ['noise', noise],
  ['half silence', half],
])('loudness is what ffmpeg measures: %s', async (_, pcm) => {
  const { lufs } = await measure(folder, wave(pcm));
  expect(Math.abs(loudness(pcm) - lufs)).toBeLessThan(0.25);
});

test('a full-scale tone of 997 Hz has −3.01 LUFS on one side (BS.1770-5), silence none', () => {
  const { left } = tone(5, 997, 1);
  expect(loudness({ left, right: new Float32Array(left.length) })).toBeCloseTo(-3.01, 1);
  expect(loudness(silence(48_000))).toBe(-Infinity);
  expect(loudness(silence(0))).toBe(-Infinity);
});

describe('the limiter', () => {
  test('keeps true peaks below its ceiling, whatever comes', async () => {
    // A quarter of the rate, half a step off: the samples miss the peaks by 3 dB.
    const between = draw(2, (_, at) => Math.sin((at * Math.PI) / 2 + Math.PI / 4));
    for (const pcm of [between, tone(2, 90, 1.8), syllables(3), draw(2, () => 3 * (random() - 0.5))]) {
      limitPeaks(pcm, 0.7);
      const { truePeak } = await measure(folder, wave(pcm));
      expect(truePeak).toBeLessThan(20 * Math.log10(0.7) + 0.6);
    }
  });

  test('leaves what is below as it is', () => {
    const pcm = tone(1, 440, 0.6);
    const before = pcm.left.slice();
    limitPeaks(pcm, 0.7);
    expect(pcm.left).toEqual(before);
  });

  test('turns down around a single peak, not everywhere', () => {
    const pcm = draw(1, (second, at) => (at === 24_000 ? 1 : 0.3 * Math.sin(second * 2 * Math.PI * 300)));
    limitPeaks(pcm, 0.5);
    expect(Math.abs(pcm.left[24_000] as number)).toBeLessThanOrEqual(0.5);
    expect(level(pcm, 0, 0.4)).toBeCloseTo(0.3 / Math.SQRT2, 3);
    expect(level(pcm, 0.6, 1)).toBeCloseTo(0.3 / Math.SQRT2, 3);
  });
});

test('ducking has no steps, and does not come up for a breath', () => {
  const gain = duckUnder(
    [
      { from: 96_000, until: 144_000 },
      { from: 168_000, until: 200_000 },
    ],
    480_000,
  );
  expect(gain[0]).toBe(1);
  expect(gain[96_000]).toBeCloseTo(0.28, 2);
  expect(gain[156_000]).toBeCloseTo(0.28, 2);
  expect(gain[300_000]).toBe(1);
  const steps = gain.subarray(1).map((it, at) => Math.abs(it - (gain[at] as number)));
  expect(steps.every((it) => it < 0.0002)).toBe(true);
});

test('a mix has the length of its film, and no number that is none', () => {
  const parts = fc.record({
    samples: fc.integer({ min: 1, max: 60_000 }),
    bedSamples: fc.integer({ min: 0, max: 30_000 }),
    at: fc.integer({ min: 0, max: 60_000 }),
    take: fc.integer({ min: 0, max: 20_000 }),
    force: fc.constantFrom(0, 1e-6, 0.1, 1),
  });
  fc.assert(
    fc.property(parts, ({ samples, bedSamples, at, take, force }) => {
      const bed = tone(bedSamples / 48_000, 300, force);
      const pcm = tone(take / 48_000, 700, force);
      const heard = { take: 0, at, samples: pcm.left.length, isCut: false, pcm };
      const whole = mix({ samples, bed, takes: [heard] });
      expect(whole.left.length).toBe(samples);
      expect(whole.left.every((it) => Math.abs(it) <= 1) && whole.right.every(Number.isFinite)).toBe(true);
    }),
    { numRuns: 60 },
  );
});

test('words stay in their scene, one after the other', () => {
  const lengths = fc.array(fc.integer({ min: 0, max: 400_000 }), { maxLength: 5 });
  const frames = fc.integer({ min: 1, max: 300 });
  fc.assert(
    fc.property(
      lengths,
      frames,
      fc.integer({ min: 0, max: 900 }),
      fc.constantFrom(24, 25, 29, 30, 60),
      (all, durationInFrames, start, fps) => {
        const scene = { id: 's', start, durationInFrames, takes: [] };
        const tempo = tempoOf(scene, fps, all);
        expect(tempo).toBeGreaterThanOrEqual(1);
        expect(tempo).toBeLessThanOrEqual(1.25);
        const { placed, warnings } = placeTakes(
          scene,
          fps,
          all.map((it) => Math.round(it / tempo)),
        );
        let end = Math.round((start * 48_000) / fps);
        for (const take of placed) {
          expect(take.at).toBeGreaterThanOrEqual(end);
          end = take.at + take.samples;
        }
        expect(end).toBeLessThanOrEqual(Math.round(((start + durationInFrames) * 48_000) / fps));
        expect(warnings.length > 0).toBe(
          placed.some((it) => it.isCut) || placed.length < all.filter((it) => it > 0).length,
        );
      },
    ),
  );
});
