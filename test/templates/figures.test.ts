import fc from 'fast-check';
import { expect, it } from 'vitest';
import { data } from '../../templates/statement/contract.ts';
import { figuresOf } from '../../templates/statement/figures.ts';
import { bestTips } from '../../templates/statement/tips.ts';

const price = fc.integer({ min: 1, max: 9_999 }).map((hundredths) => hundredths / 100);
const minor = fc.integer({ min: 0, max: 50_000 });

const anyData = fc
  .record({
    pricePerKwh: price,
    previousPricePerKwh: price,
    baseFee: minor,
    previousBaseFee: minor,
    monthlyPayment: minor,
    householdSize: fc.integer({ min: 1, max: 12 }),
    kwh: fc.array(fc.double({ min: 0, max: 5_000, noNaN: true }), { minLength: 24, maxLength: 24 }),
  })
  .map(({ kwh, ...rest }) =>
    data.parse({
      ...rest,
      tariff: 'Basis',
      currency: 'EUR',
      postcode: '24103',
      city: 'Kiel',
      readings: kwh.map((value, index) => ({ month: monthAt(index), kwh: value })),
    }),
  );

function monthAt(index: number): string {
  return new Date(Date.UTC(2023, 10 + index, 1)).toISOString().slice(0, 7);
}

it('adds up, whatever the customer used and paid', () => {
  fc.assert(
    fc.property(anyData, (it) => {
      const { now, before, difference, reasons, paid, balance, months, monthly } = figuresOf(it);
      expect(now.energy + now.baseFee).toBe(now.total);
      expect(before.energy + before.baseFee).toBe(before.total);
      expect(now.total - before.total).toBe(difference);
      expect(reasons.price + reasons.usage + reasons.baseFee).toBe(difference);
      expect(paid - now.total).toBe(balance);
      expect(months.reduce((sum, { kwh }) => sum + kwh, 0)).toBe(now.kwh);
      expect(monthly * 12).toBeGreaterThanOrEqual(now.total);
      for (const figure of [...Object.values(now), ...Object.values(reasons), balance, monthly])
        expect(Number.isInteger(figure)).toBe(true);
    }),
  );
});

it('blames nothing that did not change', () => {
  fc.assert(
    fc.property(anyData, (it) => {
      const same = { ...it, previousPricePerKwh: it.pricePerKwh, previousBaseFee: it.baseFee };
      expect(figuresOf(same).reasons).toMatchObject({ price: 0, baseFee: 0 });
      const readings = it.readings.map((reading, index) => ({
        ...reading,
        kwh: it.readings[index % 12]?.kwh ?? 0,
      }));
      expect(figuresOf({ ...it, readings }).reasons.usage).toBe(0);
    }),
  );
});

it('promises three savings in whole euros, the largest first, none beyond what was used', () => {
  fc.assert(
    fc.property(anyData, (it) => {
      const figures = figuresOf(it);
      const savings = bestTips(it, figures).map((tip) => tip.saving);
      expect(savings).toHaveLength(3);
      expect(savings).toEqual([...savings].sort((a, b) => b - a));
      for (const saving of savings) {
        expect(saving % 100).toBe(0);
        expect(saving).toBeLessThanOrEqual(figures.now.energy * 0.08 + 51);
      }
    }),
  );
});

it.each<[unknown, string]>([
  ['', 'a blank price'],
  ['12,5', 'a comma'],
  ['abc', 'a word'],
  [0, 'nothing'],
  [Number.NaN, 'no number'],
])('takes %j for no price (%s)', (pricePerKwh) => {
  expect(data.shape.pricePerKwh.safeParse(pricePerKwh).success).toBe(false);
});

it('wants 24 months without a gap', () => {
  const readings = Array.from({ length: 24 }, (_, index) => ({ month: monthAt(index), kwh: 1 }));
  expect(data.shape.readings.safeParse(readings).success).toBe(true);
  expect(data.shape.readings.safeParse(readings.toReversed()).success).toBe(false);
  expect(data.shape.readings.safeParse(readings.with(5, { month: '2030-01', kwh: 1 })).success).toBe(false);
});
