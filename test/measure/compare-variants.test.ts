import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { betaCdf } from '../../src/measure/beta.ts';
import { compareVariants } from '../../src/measure/compare-variants.ts';

function chances(...counts: [hits: number, people: number][]): number[] {
  const named = counts.map(([hits, people], index) => ({ variant: `v${index}`, people, hits }));
  return compareVariants(named, { by: 'clicks' }).variants.map((it) => it.probabilityBest);
}

/** ln n! by adding up: slow, and nothing to get wrong. */
function logFactorial(n: number): number {
  let sum = 0;
  for (let k = 2; k <= n; k++) sum += Math.log(k);
  return sum;
}

describe('betaCdf', () => {
  test('of whole numbers is a sum of binomials', () => {
    const whole = fc.integer({ min: 1, max: 60 });
    fc.assert(
      fc.property(whole, whole, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (a, b, x) => {
        const n = a + b - 1;
        let sum = 0;
        for (let k = a; k <= n; k++) {
          const choose = logFactorial(n) - logFactorial(k) - logFactorial(n - k);
          sum += Math.exp(choose + k * Math.log(x) + (n - k) * Math.log(1 - x));
        }
        expect(betaCdf(x, a, b)).toBeCloseTo(sum, 10);
      }),
    );
  });

  test('at its ends, and of millions', () => {
    expect(betaCdf(0, 2, 3)).toBe(0);
    expect(betaCdf(1, 2, 3)).toBe(1);
    // Near enough a normal distribution by then; its median lies a hair below its mean.
    expect(betaCdf(0.3, 3e6, 7e6)).toBeCloseTo(0.5, 3);
  });
});

describe('probability of being best', () => {
  test.each([
    [
      'nothing known',
      [
        [0, 0],
        [0, 0],
      ],
      [0.5, 0.5],
    ],
    [
      'three alike',
      [
        [7, 90],
        [7, 90],
        [7, 90],
      ],
      [1 / 3, 1 / 3, 1 / 3],
    ],
    // ∫ 2x · x(2 - x) dx = 5/6.
    [
      '1 of 1 against 0 of 1',
      [
        [1, 1],
        [0, 1],
      ],
      [5 / 6, 1 / 6],
    ],
  ] as const)('%s', (_, counts, expected) => {
    const found = chances(...counts.map(([hits, people]): [number, number] => [hits, people]));
    for (const [index, chance] of expected.entries()) expect(found[index]).toBeCloseTo(chance, 9);
  });

  test('of two is what the closed formula says', () => {
    // P(B > A) = Σ B(a + i, b + d) / ((d + i) B(1 + i, d) B(a, b)), i below c: E. Miller, "Formulas for Bayesian A/B testing".
    const logB = (a: number, b: number) =>
      logFactorial(a - 1) + logFactorial(b - 1) - logFactorial(a + b - 1);
    const count = fc.nat(400).chain((people) => fc.tuple(fc.nat(people), fc.constant(people)));
    fc.assert(
      fc.property(count, count, (one, other) => {
        const [a, b, c, d] = [1 + one[0], 1 + one[1] - one[0], 1 + other[0], 1 + other[1] - other[0]];
        let sum = 0;
        for (let i = 0; i < c; i++) {
          sum += Math.exp(logB(a + i, b + d) - Math.log(d + i) - logB(1 + i, d) - logB(a, b));
        }
        expect(chances(one, other)[1]).toBeCloseTo(sum, 6);
      }),
    );
  });

  test('a narrow one beside a wide one, up to millions of people', () => {
    // Of the wide one all that counts is how much of it lies above a point: 1 - x for Beta(1, 1).
    expect(chances([30_000, 1e6], [0, 0])[1]).toBeCloseTo(1 - 30_001 / 1_000_002, 6);
    expect(chances([300_000, 1e7], [1, 5])[1]).toBeCloseTo(1 - betaCdf(0.03, 2, 5), 5);
  });

  test('adds up to one, and more hits never make it less', () => {
    const count = fc
      .integer({ min: 1, max: 5000 })
      .chain((people) => fc.tuple(fc.nat(people - 1), fc.constant(people)));
    fc.assert(
      fc.property(fc.array(count, { minLength: 2, maxLength: 5 }), (counts) => {
        const before = chances(...counts);
        expect(before.reduce((sum, it) => sum + it, 0)).toBeCloseTo(1, 12);
        const [[hits, people] = [0, 1], ...others] = counts;
        expect(chances([hits + 1, people], ...others)[0]).toBeGreaterThanOrEqual((before[0] ?? 0) - 1e-9);
      }),
      { numRuns: 40 },
    );
  });
});

test('a variant says how many of how many, and in what interval', () => {
  const { variants } = compareVariants([{ variant: 'a', people: 20, hits: 0 }], { by: 'conversions' });
  expect(variants).toMatchObject([{ variant: 'a', people: 20, hits: 0, rate: 0, probabilityBest: 1 }]);
  expect(variants[0]?.interval.high).toBeCloseTo(0.1611, 4);
});
