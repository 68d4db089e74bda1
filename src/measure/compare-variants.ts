// Enters: how many people each variant reached, and how many of them did what it is for. Leaves: Comparison.
// Never: an open, or a hit by a machine; they are left out before anything is counted.
import { betaCdf, betaDensity } from './beta.ts';
import { type Count, type Interval, rateOf, wilson } from './proportion.ts';

export interface VariantCount extends Count {
  readonly variant: string;
}

export interface VariantResult extends VariantCount {
  /** Hits per person; null where there is nobody. */
  readonly rate: number | null;
  /** Of the rate, 95 % (Wilson). */
  readonly interval: Interval;
  /** That its true rate is the highest of all; they add up to 1. */
  readonly probabilityBest: number;
}

export interface Comparison {
  /** What a hit is. */
  readonly by: 'clicks' | 'conversions';
  /** In the campaign file's order. */
  readonly variants: readonly VariantResult[];
}

/**
 * Each variant's rate is unknown: before anybody was written to, any was as likely as any other, Beta(1, 1); now it is
 * Beta(1 + hits, 1 + people - hits). What follows from that is computed, not sampled: no seed, the same figures each time.
 */
export function compareVariants(
  counts: readonly VariantCount[],
  { by }: { readonly by: Comparison['by'] },
): Comparison {
  const posteriors = counts.map(({ people, hits }) => ({ a: 1 + hits, b: 1 + people - hits }));
  const weights = posteriors.map((one, index) => chanceOfBest(one, posteriors.toSpliced(index, 1)));
  // One, but for the ninth digit.
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return {
    by,
    variants: counts.map((count, index) => ({
      variant: count.variant,
      people: count.people,
      hits: count.hits,
      rate: rateOf(count),
      interval: wilson(count),
      probabilityBest: (weights[index] ?? 0) / total,
    })),
  };
}

interface Posterior {
  readonly a: number;
  readonly b: number;
}

/** Chances that one is above all others: ∫ f(x) · Π P(other ≤ x) dx. */
function chanceOfBest(one: Posterior, others: readonly Posterior[]): number {
  const own = cutsOf(one);
  const [from = 0, until = 1] = [own[0], own.at(-1)];
  const cuts = [...new Set([...own, ...others.flatMap(cutsOf)])]
    .filter((it) => it >= from && it <= until)
    .sort((a, b) => a - b);
  const integrand = (x: number) => {
    const density = betaDensity(x, one.a, one.b);
    return density === 0 ? 0 : others.reduce((product, { a, b }) => product * betaCdf(x, a, b), density);
  };
  return cuts.slice(1).reduce((sum, cut, index) => sum + simpson(integrand, cuts[index] ?? cut, cut), 0);
}

/** Where a posterior changes its pace, in standard deviations; wide, because near 0 it falls like e to the -x and not to the -x². */
const deviations = [-30, -8, -3, 0, 3, 8, 30];

function cutsOf({ a, b }: Posterior): number[] {
  const mean = a / (a + b);
  const deviation = Math.sqrt((mean * (1 - mean)) / (a + b + 1));
  return deviations.map((it) => Math.min(1, Math.max(0, mean + it * deviation)));
}

const steps = 40;

function simpson(f: (x: number) => number, from: number, until: number): number {
  const width = (until - from) / steps;
  let sum = f(from) + f(until);
  for (let step = 1; step < steps; step++) sum += (step % 2 === 1 ? 4 : 2) * f(from + step * width);
  return (sum * width) / 3;
}
