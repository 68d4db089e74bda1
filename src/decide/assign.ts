// Enters: a run, its campaign, a person's id. Leaves: whether the person is held out, in the sample, and which variant that means.
// Never: a look at the person. Only the id counts, so the groups differ by nothing else.
import type { Campaign } from '../campaign/campaign.ts';
import type { Variant } from '../campaign/variant.ts';
import { drawOf } from './draw.ts';

export interface Assignment {
  readonly holdout: boolean;
  /** Null where held out, and where the campaign takes no sample: then everyone has a variant at once. */
  readonly phase: 'sample' | 'rest' | null;
  /** Null where held out, and in the rest until the sample has named its winner. */
  readonly variant: string | null;
}

/** The pure statement of what the audience's freeze does in SQL. */
export function assign(
  runId: string,
  campaign: Pick<Campaign, 'name' | 'holdout' | 'sample' | 'variants'>,
  profileId: string,
): Assignment {
  const { name, holdout, sample, variants } = campaign;
  // By the campaign's name: the same people in each of its occurrences, or there would be nobody to compare with.
  if (drawOf(`holdout/${name}`, profileId) < holdout) return { holdout: true, phase: null, variant: null };
  if (sample !== null && drawOf(`sample/${runId}`, profileId) >= sample.share) {
    return { holdout: false, phase: 'rest', variant: null };
  }
  const variant = variantOf(variants, drawOf(`variant/${runId}`, profileId));
  return { holdout: false, phase: sample === null ? null : 'sample', variant };
}

/** By cumulative share of the weights, in the file's order. */
function variantOf(variants: readonly Variant[], draw: number): string {
  const limits = upperLimits(variants);
  const index = limits.findIndex((limit) => draw < limit);
  const variant = variants[index === -1 ? variants.length - 1 : index];
  if (variant === undefined) throw new Error('a campaign has at least one variant');
  return variant.name;
}

/** Where each variant's part of 0 … 1 ends; for the SQL twin, which must cut at the same places. */
export function upperLimits(variants: readonly Pick<Variant, 'weight'>[]): number[] {
  const total = variants.reduce((sum, { weight }) => sum + weight, 0);
  let sum = 0;
  return variants.map(({ weight }, index) => {
    sum += weight;
    return index === variants.length - 1 ? 1 : sum / total;
  });
}
