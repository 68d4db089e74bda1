import { expect, test } from 'vitest';
import { smallestDifference } from '../../src/measure/smallest-difference.ts';

test('turns the textbook’s sample size round', () => {
  // 5 % against 7 % at one-sided 95 % and power 80 %: (1.645 + 0.842)² · (0.0475 + 0.0651) / 0.02² = 1,741 a side.
  expect(smallestDifference(1741, 0.05, 0.95).seenFrom).toBeCloseTo(0.07, 3);
});

test('more people show smaller differences', () => {
  const seen = [100, 1000, 10_000, 100_000].map(
    (people) => smallestDifference(people, 0.05, 0.95).seenFrom ?? 1,
  );
  expect(seen).toEqual([...seen].sort((a, b) => b - a));
  expect(seen.at(-1)).toBeLessThan(0.055);
});

test('a handful shows nothing', () => {
  expect(smallestDifference(0, 0.05, 0.95).seenFrom).toBeNull();
  expect(smallestDifference(3, 0.05, 0.95).seenFrom).toBeGreaterThan(0.7);
});
