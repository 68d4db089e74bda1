import { betaCdf } from './beta.ts';
import type { Interval } from './proportion.ts';

/** Of one figure per person, zeros too. */
export interface Moments {
  readonly people: number;
  readonly sum: number;
  readonly squares: number;
}

/**
 * The 95 % interval of `one`'s mean less `other`'s: B. L. Welch, "The generalization of 'Student's' problem when several
 * different population variances are involved", Biometrika 34 (1947). Null where one of both has fewer than two people.
 */
export function welch(one: Moments, other: Moments): Interval | null {
  if (one.people < 2 || other.people < 2) return null;
  const p = errorOf(one);
  const q = errorOf(other);
  const apart = one.sum / one.people - other.sum / other.people;
  const error = p + q;
  if (error === 0) return { low: apart, high: apart };
  const freedom = error ** 2 / (p ** 2 / (one.people - 1) + q ** 2 / (other.people - 1));
  const spread = student(freedom) * Math.sqrt(error);
  return { low: apart - spread, high: apart + spread };
}

/** The square of the mean's standard error. */
function errorOf({ people, sum, squares }: Moments): number {
  const variance = Math.max(0, squares - (sum * sum) / people) / (people - 1);
  return variance / people;
}

/** Where 97.5 % of Student's t lie below, by halving: P(|T| > t) is I(x; f/2, 1/2) at x = f / (f + t²). */
function student(freedom: number): number {
  let low = 1.9;
  let high = 13;
  for (let step = 0; step < 50; step++) {
    const middle = (low + high) / 2;
    const outside = betaCdf(freedom / (freedom + middle * middle), freedom / 2, 0.5);
    if (outside > 0.05) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
