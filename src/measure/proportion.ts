/** How many of how many. */
export interface Count {
  readonly people: number;
  readonly hits: number;
}

/** 0 … 1 each; of differences -1 … 1. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Two-sided, 95 %. */
const z = 1.959963984540054;

/** Null where there is nobody: no rate rather than a division by zero. */
export function rateOf({ people, hits }: Count): number | null {
  return people === 0 ? null : hits / people;
}

/**
 * The 95 % score interval of a share: E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
 * JASA 22 (1927). It stays between 0 and 1 and says something of 0 of 10 as well. Everything is possible where there is nobody.
 */
export function wilson({ people, hits }: Count): Interval {
  if (people === 0) return { low: 0, high: 1 };
  const centre = hits + (z * z) / 2;
  const spread = z * Math.sqrt((hits * (people - hits)) / people + (z * z) / 4);
  const whole = people + z * z;
  return {
    low: hits === 0 ? 0 : Math.max(0, (centre - spread) / whole),
    high: hits === people ? 1 : Math.min(1, (centre + spread) / whole),
  };
}

/**
 * The 95 % interval of `one`'s rate less `other`'s: R. G. Newcombe, "Interval estimation for the difference between
 * independent proportions", Statistics in Medicine 17 (1998), method 10, which joins both Wilson intervals.
 */
export function difference(one: Count, other: Count): Interval & { readonly difference: number | null } {
  const p = rateOf(one);
  const q = rateOf(other);
  if (p === null || q === null) return { difference: null, low: -1, high: 1 };
  const of = wilson(one);
  const to = wilson(other);
  return {
    difference: p - q,
    low: p - q - Math.hypot(p - of.low, to.high - q),
    high: p - q + Math.hypot(of.high - p, q - to.low),
  };
}
