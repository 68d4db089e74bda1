import fc from 'fast-check';
import { expect, test } from 'vitest';
import { difference, rateOf, wilson } from '../../src/measure/proportion.ts';

// Newcombe, Statistics in Medicine 17 (1998), 857–872, table I, method 3.
test.each([
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
])('Wilson: %i of %i', (hits, people, low, high) => {
  const interval = wilson({ hits, people });
  expect(interval.low).toBeCloseTo(low, 4);
  expect(interval.high).toBeCloseTo(high, 4);
});

// Ibid., 873–890, table II, method 10.
test.each([
  [56, 70, 48, 80, 0.0524, 0.3339],
  [9, 10, 3, 10, 0.1705, 0.809],
  [10, 10, 0, 20, 0.6791, 1],
])('the difference of %i of %i and %i of %i', (hits, people, otherHits, otherPeople, low, high) => {
  const found = difference({ hits, people }, { hits: otherHits, people: otherPeople });
  expect(found.low).toBeCloseTo(low, 4);
  expect(found.high).toBeCloseTo(high, 4);
});

test('nobody: no rate, and everything is possible', () => {
  expect(rateOf({ people: 0, hits: 0 })).toBeNull();
  expect(wilson({ people: 0, hits: 0 })).toEqual({ low: 0, high: 1 });
  expect(difference({ people: 0, hits: 0 }, { people: 9, hits: 3 })).toEqual({
    difference: null,
    low: -1,
    high: 1,
  });
});

test('an interval holds its rate and stays within 0 and 1', () => {
  const counts = fc
    .nat(100_000)
    .chain((people) => fc.record({ people: fc.constant(people), hits: fc.nat(people) }));
  fc.assert(
    fc.property(counts, counts, (one, other) => {
      const { low, high } = wilson(one);
      expect(low).toBeGreaterThanOrEqual(0);
      expect(high).toBeLessThanOrEqual(1);
      const rate = rateOf(one);
      if (rate === null) return;
      expect(low).toBeLessThanOrEqual(rate);
      expect(high).toBeGreaterThanOrEqual(rate);
      const apart = difference(one, other);
      if (apart.difference === null) return;
      expect(apart.low).toBeLessThanOrEqual(apart.difference + 1e-12);
      expect(apart.high).toBeGreaterThanOrEqual(apart.difference - 1e-12);
      expect(apart.low).toBeGreaterThanOrEqual(-1 - 1e-12);
      expect(apart.high).toBeLessThanOrEqual(1 + 1e-12);
    }),
  );
});
