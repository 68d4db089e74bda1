import { expect, test } from 'vitest';
import { duckUnder } from '../../../src/render/sound/duck.ts';
import { sampleRate } from '../../../src/render/sound/pcm.ts';
import { duckAt } from '../../../src/web/site/player/duck-at.ts';

test('music steps back under words as it does in the MP4', () => {
  const words = [
    { from: 0.1, until: 1 },
    { from: 1.5, until: 2.25 },
    { from: 4, until: 4.5 },
    { from: 6.2, until: 7 },
  ];
  const samples = words.map(({ from, until }) => ({ from: from * sampleRate, until: until * sampleRate }));
  const gain = duckUnder(samples, 8 * sampleRate);
  for (let at = 0; at < 7.99; at += 0.01)
    expect(duckAt(words, at), `${at}`).toBeCloseTo(gain[Math.round(at * sampleRate)] as number, 3);
  expect(duckAt([], 1)).toBe(1);
});
