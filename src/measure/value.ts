// Enters: what conversions were worth, counted. Leaves: Value, sums and means by currency, and what being written to has brought in money.
// Never: a sum of floats, or of two currencies.
import { type Amount, asAmount, asNumber, minus, shareOf, sumOf } from './amount.ts';
import { type ArmCount, addUp, type ValueCount } from './cell.ts';
import { welch } from './welch.ts';

export interface Value {
  /** ISO 4217. */
  readonly currency: string;
  /** Those that said what they are worth in it. */
  readonly conversions: number;
  /** Who made them. */
  readonly people: number;
  readonly sum: Amount;
  readonly perConversion: Amount | null;
  /** Of all accepted, whether they converted or not. */
  readonly perAccepted: Amount | null;
}

/** In the order of their currencies. */
export function valuesOf(counts: readonly ValueCount[], accepted: number): Value[] {
  return currenciesOf(counts).map((currency) => {
    const own = counts.filter((it) => it.currency === currency);
    const conversions = addUp(own, (it) => it.conversions);
    const sum = sumOf(own.map((it) => it.sum ?? '0'));
    return {
      currency,
      conversions,
      people: addUp(own, (it) => it.people),
      sum,
      perConversion: shareOf(sum, conversions),
      perAccepted: shareOf(sum, accepted),
    };
  });
}

export interface ArmValue {
  readonly people: number;
  /** Those of them who converted with a value. */
  readonly converted: number;
  readonly sum: Amount;
  readonly perPerson: Amount | null;
}

export interface ValueUplift {
  readonly currency: string;
  readonly heldOut: ArmValue;
  readonly others: ArmValue;
  /** `perPerson` of the others less that of the held-out; null where one of both is nobody. */
  readonly difference: Amount | null;
  /** Of the difference, 95 % (Welch); null where there are fewer than two people on one side. */
  readonly interval: { readonly low: Amount; readonly high: Amount } | null;
  /** Whether the interval leaves 0 out. */
  readonly isClear: boolean;
  /** Fewer than 30 people converted on one side: what a few of them spent moves the means more than Welch's interval knows. */
  readonly isRough: boolean;
}

/** Fewer conversions than this say little about a mean of so many zeros and a few large sums. */
const leastConverted = 30;

export function valueUplift(
  arms: readonly ArmCount[],
  people: { readonly heldOut: number; readonly others: number },
): ValueUplift[] {
  return currenciesOf(arms).map((currency) => {
    const counted = (isHeldOut: boolean) =>
      arms.find((it) => it.currency === currency && it.heldOut === isHeldOut);
    const of = (count: ArmCount | undefined, all: number): ArmValue => {
      const sum = count?.sum ?? '0';
      return { people: all, converted: count?.people ?? 0, sum, perPerson: shareOf(sum, all) };
    };
    const moments = (count: ArmCount | undefined, all: number) => ({
      people: all,
      sum: asNumber(count?.sum ?? '0'),
      squares: asNumber(count?.squares ?? '0'),
    });
    const heldOut = of(counted(true), people.heldOut);
    const others = of(counted(false), people.others);
    const interval = welch(moments(counted(false), people.others), moments(counted(true), people.heldOut));
    const isEmpty = others.perPerson === null || heldOut.perPerson === null;
    return {
      currency,
      heldOut,
      others,
      difference: isEmpty ? null : minus(others.perPerson ?? '0', heldOut.perPerson ?? '0'),
      interval: interval && { low: asAmount(interval.low), high: asAmount(interval.high) },
      isClear: interval !== null && (interval.low > 0 || interval.high < 0),
      isRough: Math.min(heldOut.converted, others.converted) < leastConverted,
    };
  });
}

function currenciesOf(counts: readonly { readonly currency: string | null }[]): string[] {
  return [...new Set(counts.flatMap((it) => it.currency ?? []))].sort();
}
