import { describe, expect, test } from 'vitest';
import {
  chooseWinner,
  leastEvidence,
  lookedUntil,
  looks,
  type Winner,
} from '../../src/measure/choose-winner.ts';
import { compareVariants } from '../../src/measure/compare-variants.ts';

const through = new Date('2026-06-01T08:00:00Z');
const decideAt = new Date('2026-06-02T08:00:00Z');
const early = new Date('2026-06-01T18:00:00Z');
const late = new Date('2026-06-02T08:00:00Z');

type Counts = readonly (readonly [hits: number, people: number])[];

function choose(counts: Counts, now: Date, confidence = 0.95): Winner | null {
  const named = counts.map(([hits, people], index) => ({ variant: 'abc'.charAt(index), people, hits }));
  return chooseWinner(compareVariants(named, { by: 'clicks' }), { confidence }, now, decideAt);
}

test.each<[string, Counts, Date, Winner | null]>([
  [
    'clear and early',
    [
      [10, 500],
      [40, 500],
    ],
    early,
    { variant: 'b', by: 'evidence' },
  ],
  [
    'nobody wants the other',
    [
      [12, 40],
      [0, 40],
    ],
    early,
    { variant: 'a', by: 'evidence' },
  ],
  [
    'not clear yet',
    [
      [20, 500],
      [25, 500],
    ],
    early,
    null,
  ],
  [
    'one of one decides nothing',
    [
      [1, 1],
      [0, 1],
    ],
    early,
    null,
  ],
  [
    'nine hits decide nothing',
    [
      [9, 9],
      [0, 500],
    ],
    early,
    null,
  ],
  [
    'neither does a variant that nobody has',
    [
      [0, 0],
      [50, 100],
    ],
    early,
    null,
  ],
  [
    'time up: the better one',
    [
      [20, 500],
      [25, 500],
    ],
    late,
    { variant: 'b', by: 'time' },
  ],
  [
    'time up: alike, the first',
    [
      [0, 90],
      [20, 500],
      [20, 500],
    ],
    late,
    { variant: 'b', by: 'time' },
  ],
  [
    'time up: one of one is not the better one',
    [
      [1, 1],
      [40, 100],
    ],
    late,
    { variant: 'b', by: 'time' },
  ],
  [
    'time up: unless there are only such',
    [
      [0, 2],
      [1, 3],
    ],
    late,
    { variant: 'b', by: 'time' },
  ],
  [
    'time up and nothing done',
    [
      [0, 500],
      [0, 500],
    ],
    late,
    { variant: 'a', by: 'no-hits' },
  ],
  [
    'nobody to count: no use in waiting',
    [
      [0, 0],
      [0, 0],
    ],
    early,
    { variant: 'a', by: 'no-people' },
  ],
])('%s', (_, counts, now, expected) => {
  expect(choose(counts, now)).toEqual(expected);
});

test('what the campaign asks for is the bar', () => {
  const counts: Counts = [
    [20, 500],
    [30, 500],
  ];
  expect(choose(counts, early, 0.9)).toEqual({ variant: 'b', by: 'evidence' });
  expect(choose(counts, early, 0.95)).toBeNull();
});

describe('looks', () => {
  test('come at set times; in between nothing new counts', () => {
    const at = (time: string) => lookedUntil(through, decideAt, new Date(time)).toISOString();
    expect(at('2026-06-01T10:23:59Z')).toBe('2026-06-01T08:00:00.000Z');
    expect(at('2026-06-01T10:24:00Z')).toBe('2026-06-01T10:24:00.000Z');
    expect(at('2026-06-01T12:47:59Z')).toBe('2026-06-01T10:24:00.000Z');
    expect(at('2026-06-02T07:59:59Z')).toBe('2026-06-02T05:36:00.000Z');
    // Nobody looked for a while: all there is counts.
    expect(at('2026-06-03T01:02:03Z')).toBe('2026-06-03T01:02:03.000Z');
  });

  test('ten of them name one of two equal variants twice as often as one would, and a worse one hardly ever', () => {
    const equal = Array.from({ length: 300 }, () => race([0.05, 0.05], looks));
    const equalOnce = Array.from({ length: 300 }, () => race([0.05, 0.05], 1));
    const unequal = Array.from({ length: 300 }, () => race([0.04, 0.06], looks));
    const named = (all: readonly (number | null)[]) => all.filter((it) => it !== null).length / all.length;
    // docs/adr/0091: 21 % and 10 %, of which neither hurts; and 0.2 %, which would.
    expect(named(equalOnce)).toBeLessThan(0.16);
    expect(named(equal)).toBeLessThan(0.3);
    expect(unequal.filter((it) => it === 0).length / unequal.length).toBeLessThan(0.02);
    expect(named(unequal)).toBeGreaterThan(0.35);
  });
});

const random = mulberry(20_261_122);
const kept = new Map<string, Winner | null>();

/** Two variants, 500 people each, whose clicks come in over a day, most of them early. Which one is named before its end? */
function race(rates: readonly [number, number], times: number): number | null {
  const clicks = rates.map((rate) =>
    Array.from({ length: 500 }, () =>
      random() < rate ? -Math.log(1 - random() * (1 - Math.exp(-5))) / 5 : 2,
    ),
  );
  for (let look = 1; look <= times; look++) {
    const hits = clicks.map((them) => them.filter((at) => at <= look / times).length);
    const key = hits.join();
    const winner =
      kept.get(key) ??
      choose(
        hits.map((it) => [it, 500] as const),
        early,
      );
    kept.set(key, winner);
    if (winner !== null) return 'abc'.indexOf(winner.variant);
  }
  return null;
}

/** A seeded generator, so that the same races are run each time. */
function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

test('the least evidence is more than a handful', () => {
  expect(leastEvidence.hits).toBeGreaterThanOrEqual(10);
});
