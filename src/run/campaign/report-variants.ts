import { type Figures, figuresOf } from '../../measure/cell.ts';
import { compareVariants, type VariantResult } from '../../measure/compare-variants.ts';
import { type Funnel, funnel } from '../../measure/funnel.ts';
import { type Outcome, type OutcomeOptions, outcomeOf } from '../../measure/outcome.ts';
import { type Measured, measured } from '../../measure/uplift.ts';
import type { Run } from '../ledger.ts';
import type { VariantTally } from './counts.ts';
import { countsOf } from './decide-winner.ts';

/** Its outcome is that of everybody who got it, sample and rest. */
export interface VariantReport extends Outcome {
  readonly name: string;
  readonly isWinner: boolean;
  /** The sample where there is one: only there have all variants been sent at the same time to people drawn by lot. */
  readonly clicks: VariantFigures;
  readonly conversions: VariantFigures;
  /** Null where the campaign takes no sample; in the rest also where another variant has won. */
  readonly sample: PhaseReport | null;
  readonly rest: PhaseReport | null;
}

/** `people` are those who count: for clicks whoever agreed to be counted, for conversions everyone whose message was accepted. */
export interface VariantFigures extends Measured {
  readonly probabilityBest: number;
}

export interface PhaseReport {
  readonly accepted: number;
  readonly clicks: Measured;
  readonly conversions: Measured;
  readonly funnel: Funnel;
}

export function variantsOf(
  { campaign, winner }: Run,
  tallies: readonly VariantTally[],
  figures: Figures,
  options: Pick<OutcomeOptions, 'price' | 'forms'>,
): VariantReport[] {
  const tried = tallies.filter((it) => it.phase !== 'rest');
  const clicks = compareVariants(countsOf(campaign, tried, 'clicks'), { by: 'clicks' }).variants;
  const conversions = compareVariants(countsOf(campaign, tried, 'conversions'), {
    by: 'conversions',
  }).variants;
  return campaign.variants.map(({ name }, index) => {
    const own = figuresOf(figures, (it) => it.variant === name);
    const phase = (of: 'sample' | 'rest') =>
      phaseOf(
        tallies.find((it) => it.variant === name && it.phase === of),
        figuresOf(own, (it) => it.phase === of),
      );
    return {
      name,
      isWinner: name === winner,
      ...outcomeOf(own, { ...options, planned: null }),
      clicks: figuresIn(clicks[index]),
      conversions: figuresIn(conversions[index]),
      sample: phase('sample'),
      rest: phase('rest'),
    };
  });
}

function figuresIn(result: VariantResult | undefined): VariantFigures {
  if (result === undefined) throw new Error('each variant is compared');
  const { variant, ...figures } = result;
  return figures;
}

function phaseOf(tally: VariantTally | undefined, figures: Figures): PhaseReport | null {
  return tally === undefined
    ? null
    : {
        accepted: tally.accepted,
        clicks: measured({ people: tally.trackable, hits: tally.clicked }),
        conversions: measured({ people: tally.accepted, hits: tally.converted }),
        funnel: funnel(figures, null),
      };
}
