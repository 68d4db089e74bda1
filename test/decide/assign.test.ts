import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { assign, upperLimits } from '../../src/decide/assign.ts';
import { drawOf } from '../../src/decide/draw.ts';

const ids = Array.from(
  { length: 20_000 },
  (_, index) => `b4f6f0ce-6f53-4e8f-a5c3-${String(index).padStart(12, '0')}`,
);
const run = 'c0a8f0ce-6f53-4e8f-a5c3-0ad4f2bb6a51';
const variants = [
  { name: 'plain', weight: 1 },
  { name: 'short', weight: 3 },
];
const sample = { share: 0.1, decide_after_hours: 24, by: 'clicks', confidence: 0.95 } as const;
const campaign = { name: 'spring', holdout: 0.05, sample, variants };

describe('drawOf', () => {
  test('is the first four bytes of SHA-256', () => {
    // printf 'a/b' | sha256sum → c14cddc0…
    expect(drawOf('a', 'b')).toBe(0xc14cddc0 / 2 ** 32);
  });

  test('spreads evenly, and each seed anew', () => {
    const draws = ids.map((id) => drawOf('one', id));
    expect(Math.min(...draws)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...draws)).toBeLessThan(1);
    for (let tenth = 0; tenth < 10; tenth++) {
      const share = draws.filter((it) => Math.floor(it * 10) === tenth).length / ids.length;
      expect(Math.abs(share - 0.1)).toBeLessThan(0.01);
    }
    const both = ids.filter((id) => drawOf('one', id) < 0.5 && drawOf('two', id) < 0.5).length / ids.length;
    expect(Math.abs(both - 0.25)).toBeLessThan(0.015);
  });
});

describe('assign', () => {
  const all = ids.map((id) => assign(run, campaign, id));
  const share = (of: typeof all, pick: (it: (typeof all)[number]) => boolean) =>
    of.filter(pick).length / of.length;

  test('holds out, takes a sample of the others, and splits it by weight', () => {
    expect(share(all, (it) => it.holdout)).toBeCloseTo(0.05, 2);
    const reached = all.filter((it) => !it.holdout);
    expect(share(reached, (it) => it.phase === 'sample')).toBeCloseTo(0.1, 2);
    const sampled = reached.filter((it) => it.phase === 'sample');
    expect(Math.abs(share(sampled, (it) => it.variant === 'short') - 0.75)).toBeLessThan(0.04);
    expect(reached.filter((it) => it.phase === 'rest').every((it) => it.variant === null)).toBe(true);
  });

  test('without a sample everyone has a variant at once', () => {
    const whole = ids.map((id) => assign(run, { ...campaign, sample: null, holdout: 0 }, id));
    expect(whole.every((it) => it.phase === null && it.variant !== null)).toBe(true);
    expect(share(whole, (it) => it.variant === 'short')).toBeCloseTo(0.75, 2);
  });

  test('another occurrence holds the same people out, and draws the sample anew', () => {
    const next = ids.map((id) => assign(randomUUID(), campaign, id));
    expect(next.map((it) => it.holdout)).toEqual(all.map((it) => it.holdout));
    const again = next.filter((it, index) => it.phase === 'sample' && all[index]?.phase === 'sample').length;
    expect(again / ids.length).toBeLessThan(0.02);
  });

  test('the last variant ends at one, whatever the weights add up to', () => {
    expect(upperLimits([0.1, 0.2, 0.3].map((weight) => ({ weight }))).at(-1)).toBe(1);
    expect(upperLimits(variants)).toEqual([0.25, 1]);
  });
});
