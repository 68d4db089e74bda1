// Enters: a comparison of what the sample has done so far, and the time. Leaves: the winner and what it was chosen by, or null: wait.
// Never: a second opinion. Whoever is named is written to the rest.
import type { Comparison, VariantResult } from './compare-variants.ts';

export type ChosenBy =
  /** Its probability of being best had reached what the campaign asks for, on enough evidence. */
  | 'evidence'
  /** The time was up; it had the best rate. */
  | 'time'
  /** The time was up and nobody had done anything: the first variant of the file. */
  | 'no-hits'
  /** There is nobody to count: nobody was written to, or for clicks nobody agreed to be counted. The first variant, at once. */
  | 'no-people';

export interface Winner {
  readonly variant: string;
  readonly by: ChosenBy;
}

/** Below this nothing counts as evidence: one click of one person is a rate of 100 % and says nothing. */
export const leastEvidence = {
  /** In each variant. */
  people: 10,
  /** Of the variant that leads. Another one's few hits may be all there ever will be. */
  hits: 10,
};

export function chooseWinner(
  { variants }: Comparison,
  { confidence }: { readonly confidence: number },
  now: Date,
  decideAt: Date,
): Winner | null {
  const [first] = variants;
  if (first === undefined) throw new Error('a campaign has at least one variant');
  if (variants.every(({ people }) => people === 0)) return { variant: first.variant, by: 'no-people' };
  const leader = bestBy(variants, (it) => it.probabilityBest);
  const isEnough = leader.hits >= leastEvidence.hits && variants.every(hasPeople);
  if (isEnough && leader.probabilityBest >= confidence) return { variant: leader.variant, by: 'evidence' };
  if (now < decideAt) return null;
  // One of one is no better than forty of a hundred, unless there are only such.
  const known = variants.filter(hasPeople);
  const best = bestBy(known.length > 0 ? known : variants, (it) => it.rate ?? 0);
  return best.hits === 0 ? { variant: first.variant, by: 'no-hits' } : { variant: best.variant, by: 'time' };
}

function hasPeople({ people }: VariantResult): boolean {
  return people >= leastEvidence.people;
}

/** The first of the file's order where several are alike. */
function bestBy(variants: readonly VariantResult[], of: (it: VariantResult) => number): VariantResult {
  // The ninth digit is computed, not meant.
  return variants.reduce((best, it) => (of(it) > of(best) + 1e-9 ? it : best));
}

/** How often the sample is looked at before `decideAt`. Each look may err, so more of them err more often. */
export const looks = 10;

/**
 * Up to when events count now: the last look that is over. In between it stays the same, so it is looked at so often and no
 * more, however many workers ask, and all of them see the same.
 */
export function lookedUntil(through: Date, decideAt: Date, now: Date): Date {
  if (now >= decideAt) return now;
  const step = (decideAt.getTime() - through.getTime()) / looks;
  const done = Math.max(0, Math.floor((now.getTime() - through.getTime()) / step));
  return new Date(through.getTime() + done * step);
}
