import fc from 'fast-check';
import { expect, test } from 'vitest';
import { areaOf, gather, intersect, type Rect } from '../../../../src/web/fast/damage/rects.ts';

const frame: Rect = { left: 0, top: 0, right: 1280, bottom: 720 };
const rect = fc
  .tuple(
    fc.double({ min: -200, max: 1400, noNaN: true }),
    fc.double({ min: -200, max: 900, noNaN: true }),
    fc.double({ min: 0, max: 500, noNaN: true }),
    fc.double({ min: 0, max: 500, noNaN: true }),
  )
  .map(([left, top, width, height]): Rect => ({ left, top, right: left + width, bottom: top + height }));

test('gathered rectangles cover all that they came from, in whole pixels of the frame, none over another', () => {
  fc.assert(
    fc.property(fc.array(rect, { maxLength: 30 }), (rects) => {
      const gathered = gather(rects, frame);
      for (const it of rects) {
        const seen = intersect(it, frame);
        if (areaOf(seen) === 0) continue;
        expect(gathered.some((around) => areaOf(intersect(around, seen)) === areaOf(seen))).toBe(true);
      }
      for (const [index, it] of gathered.entries()) {
        expect(Object.values(it).every(Number.isInteger)).toBe(true);
        expect(intersect(it, frame)).toEqual(it);
        for (const other of gathered.slice(index + 1)) expect(areaOf(intersect(it, other))).toBe(0);
      }
    }),
  );
});

test('what lies far apart stays apart, what is near becomes one', () => {
  const small = (left: number): Rect => ({ left, top: 10, right: left + 40, bottom: 50 });
  expect(gather([small(10), small(1000)], frame)).toHaveLength(2);
  expect(gather([small(10), small(60)], frame)).toEqual([{ left: 10, top: 10, right: 100, bottom: 50 }]);
});
