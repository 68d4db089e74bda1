import fc from 'fast-check';
import { expect, test } from 'vitest';
import { progressOf } from '../../src/measure/progress.ts';

const at = (seconds: number, open: number, total = 1000) => ({ atMs: seconds * 1000, total, open });

test('one look tells how far, not how fast', () => {
  expect(progressOf([at(0, 250)])).toEqual({
    total: 1000,
    ended: 750,
    share: 0.75,
    perSecond: null,
    secondsLeft: null,
  });
});

test('two looks tell the pace and the time left', () => {
  expect(progressOf([at(0, 900), at(10, 800)])).toMatchObject({ perSecond: 10, secondsLeft: 80 });
});

test('only the last minute counts', () => {
  const slowThenFast = [at(0, 1000), at(600, 900), at(640, 500)];
  expect(progressOf(slowThenFast)).toMatchObject({ perSecond: 10, secondsLeft: 50 });
});

test('where nothing moves nobody knows; where nothing is open it is over', () => {
  expect(progressOf([at(0, 5), at(10, 5)])).toMatchObject({ perSecond: 0, secondsLeft: null });
  expect(progressOf([at(0, 5), at(10, 0)])).toMatchObject({ secondsLeft: 0, share: 1 });
  expect(progressOf([at(0, 0, 0)])).toMatchObject({ share: 1, secondsLeft: 0 });
});

test('rows that are open again make no negative pace', () => {
  expect(progressOf([at(0, 0), at(10, 40)])).toMatchObject({ perSecond: 0, secondsLeft: null, ended: 960 });
});

test('shares stay shares whatever is counted', () => {
  const samples = fc.array(fc.record({ atMs: fc.nat(), total: fc.nat(1e6), open: fc.nat(1e6) }), {
    minLength: 1,
  });
  fc.assert(
    fc.property(samples, (them) => {
      const counted = them
        .map((it) => ({ ...it, open: Math.min(it.open, it.total) }))
        .sort((a, b) => a.atMs - b.atMs);
      const { share, perSecond, secondsLeft } = progressOf(counted);
      expect(share >= 0 && share <= 1).toBe(true);
      expect(perSecond === null || perSecond >= 0).toBe(true);
      expect(secondsLeft === null || secondsLeft >= 0).toBe(true);
    }),
  );
});
