import { type Count, difference, type Interval, rateOf, wilson } from './proportion.ts';

export interface Measured extends Count {
  /** Hits per person; null where there is nobody. */
  readonly rate: number | null;
  /** Of the rate, 95 % (Wilson). */
  readonly interval: Interval;
}

export interface Uplift {
  /** Rate less rate, in points: 0.02 is two of a hundred people. Null where one of both is nobody. */
  readonly difference: number | null;
  /** Of the difference, 95 % (Newcombe). */
  readonly interval: Interval;
  /** Difference per rate of those held out: 0.5 is half as many again. Null where none of them did it. */
  readonly relative: number | null;
  /** Whether the interval leaves 0 out. */
  readonly isClear: boolean;
}

export function measured(count: Count): Measured {
  return { people: count.people, hits: count.hits, rate: rateOf(count), interval: wilson(count) };
}

/** What being written to has brought. Both groups drawn by lot, and counted alike, or it says nothing. */
export function upliftOf(group: Count, heldOut: Count): Uplift {
  const { difference: apart, low, high } = difference(group, heldOut);
  const base = rateOf(heldOut);
  return {
    difference: apart,
    interval: { low, high },
    relative: apart === null || !base ? null : apart / base,
    isClear: apart !== null && (low > 0 || high < 0),
  };
}
