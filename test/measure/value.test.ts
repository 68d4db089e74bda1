import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asAmount, minus, shareOf, sumOf, times } from '../../src/measure/amount.ts';
import type { ValueCount } from '../../src/measure/cell.ts';
import { costOf } from '../../src/measure/cost.ts';
import { funnel } from '../../src/measure/funnel.ts';
import { valuesOf, valueUplift } from '../../src/measure/value.ts';
import { welch } from '../../src/measure/welch.ts';

/** Cents, as a person would write them. */
const cents = fc.bigInt({ min: -(10n ** 16n), max: 10n ** 16n });
const written = (it: bigint) => {
  const digits = (it < 0n ? -it : it).toString().padStart(3, '0');
  return `${it < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
};

describe('money', () => {
  test('is added to the cent, however much and however often', () => {
    fc.assert(
      fc.property(fc.array(cents, { maxLength: 50 }), (them) => {
        const sum = them.reduce((all, it) => all + it, 0n);
        const [whole = '', part = ''] = sumOf(them.map(written)).split('.');
        expect(BigInt(`${whole}${part.padEnd(2, '0')}`)).toBe(sum);
      }),
    );
    expect(sumOf(['0.1', '0.2'])).toBe('0.3');
    expect(minus('1e-7', '0')).toBe('0.0000001');
    expect(times(0.012, 1_000_000)).toBe('12000');
  });

  test('is shared to six digits, and not among nobody', () => {
    expect([shareOf('10', 3), shareOf('2', 3), shareOf('1', 0), asAmount(0.1 + 0.2)]).toEqual([
      '3.333333',
      '0.666667',
      null,
      '0.3',
    ]);
  });

  test('of two currencies is never one sum', () => {
    const count = { variant: 'a', phase: null, people: 1, conversions: 2 };
    const counts: ValueCount[] = [
      { ...count, currency: null, sum: null },
      { ...count, currency: 'EUR', sum: '10.00' },
      { ...count, currency: 'CHF', sum: '4' },
    ];
    expect(valuesOf(counts, 8)).toEqual([
      { currency: 'CHF', conversions: 2, people: 1, sum: '4', perConversion: '2', perAccepted: '0.5' },
      { currency: 'EUR', conversions: 2, people: 1, sum: '10', perConversion: '5', perAccepted: '1.25' },
    ]);
  });
});

test('nothing was sent: nothing was spent, and nothing is divided by it', () => {
  const none = { sent: [], deeds: [], values: [], arms: [], answers: [], chat: [] };
  expect(costOf({ amount: 0.02, currency: 'EUR' }, funnel(none, 0), [])).toMatchObject({
    total: '0',
    perClick: null,
    return: null,
  });
});

describe('uplift in money', () => {
  test("has Welch's interval", () => {
    // Computed by hand: means 2 and 4, variances 2.5 and 2.5, five people each, so 8 degrees of freedom: t = 2.306.
    const one = { people: 5, sum: 20, squares: 90 };
    const other = { people: 5, sum: 10, squares: 30 };
    expect(welch(one, other)?.low).toBeCloseTo(2 - 2.306004 * 1, 5);
    expect(welch(one, other)?.high).toBeCloseTo(2 + 2.306004 * 1, 5);
    expect(welch(one, { people: 1, sum: 1, squares: 1 })).toBeNull();
    expect(welch({ people: 3, sum: 0, squares: 0 }, { people: 3, sum: 0, squares: 0 })).toEqual({
      low: 0,
      high: 0,
    });
  });

  test('counts those who bought nothing, and says when it rests on few', () => {
    const arm = { currency: 'EUR', conversions: 40, people: 40, sum: '4000', squares: '400000' };
    const [few] = valueUplift([{ ...arm, heldOut: false }], { heldOut: 1000, others: 10_000 });
    expect(few).toMatchObject({
      heldOut: { people: 1000, converted: 0, sum: '0', perPerson: '0' },
      others: { perPerson: '0.4' },
      difference: '0.4',
      isClear: true,
      isRough: true,
    });
    const arms = [
      { ...arm, heldOut: false },
      { ...arm, heldOut: true },
    ];
    const [same] = valueUplift(arms, { heldOut: 10_000, others: 10_000 });
    expect(same).toMatchObject({ difference: '0', isClear: false, isRough: false });
  });
});
