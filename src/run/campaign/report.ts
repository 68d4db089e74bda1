// Enters: a run. Leaves: Report, what came of it: how far people came, how the variants did, what being written to has brought.
// Never: a person, or a query of its own; Counts has those.

import type { ChosenBy } from '../../measure/choose-winner.ts';
import { type Comparison, compareVariants, type VariantResult } from '../../measure/compare-variants.ts';
import { type Funnel, funnel } from '../../measure/funnel.ts';
import { type Measured, measured, type Uplift, upliftOf } from '../../measure/uplift.ts';
import type { Ledger, Run, Tally } from '../ledger.ts';
import type { Counts, VariantTally } from './counts.ts';
import { countsOf, type WinnerDecision } from './decide-winner.ts';

/** Times in ISO 8601, rates and shares 0 … 1. Conversions are those that `POST /v1/events` was told of. */
export interface Report {
  readonly run: Pick<Run, 'id' | 'kind' | 'name' | 'occurrence' | 'state' | 'createdAt' | 'endedAt'>;
  /** Rows by state, and why rows were skipped. */
  readonly tally: Tally;
  readonly funnel: Funnel;
  /** In the campaign file's order. */
  readonly variants: readonly VariantReport[];
  /** Null where the campaign takes none: its variants share the whole audience. */
  readonly sample: SampleReport | null;
  /** Null where nobody was held out. */
  readonly holdout: HoldoutReport | null;
}

export interface VariantReport {
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
}

export interface SampleReport {
  readonly share: number;
  readonly by: Comparison['by'];
  readonly confidence: number;
  /** When the winner is named at the latest; it moves to the sample's end plus `decide_after_hours` once that is known. */
  readonly decideAt: string | null;
  /** What is below is null until there is a winner. */
  readonly winner: string | null;
  readonly decidedAt: string | null;
  readonly chosenBy: ChosenBy | null;
  /** What it was named on, as it stood then. */
  readonly evidence: readonly VariantResult[] | null;
}

/** People, and those of them who converted. */
export interface HoldoutReport {
  readonly share: number;
  readonly heldOut: Measured;
  /** Everyone else whom the audience meant, reached or not: among those held out are some, too, who would not have been reached. */
  readonly others: Measured;
  /** Those of the others whose message was accepted. Not to be compared with `heldOut`: who can be reached is no lot. */
  readonly writtenTo: Measured;
  /** Of `others` over `heldOut`. */
  readonly uplift: Uplift;
}

export interface ReportTools {
  readonly ledger: Pick<Ledger, 'find' | 'tally'>;
  readonly counts: Counts;
}

/** @throws DearlyError `run-missing` */
export async function reportOf(runId: string, { ledger, counts }: ReportTools): Promise<Report> {
  const run = await ledger.find(runId);
  const [tally, events, tallies, converted, decided] = await Promise.all([
    ledger.tally(runId),
    counts.events(runId),
    counts.variants(runId),
    counts.converted(runId),
    counts.decided(runId),
  ]);
  const { id, kind, name, occurrence, state, createdAt, endedAt, campaign, winner, decideAt } = run;
  // Ours, written by decideDueWinners.
  const decision = (decided?.decision ?? null) as WinnerDecision | null;
  const { sample } = campaign;
  return {
    run: { id, kind, name, occurrence, state, createdAt, endedAt },
    tally,
    funnel: funnel(tally, events),
    variants: variantsOf(run, tallies),
    sample: sample && {
      share: sample.share,
      by: sample.by,
      confidence: sample.confidence,
      decideAt,
      winner,
      decidedAt: decided?.at ?? null,
      chosenBy: decision?.chosenBy ?? null,
      evidence: decision?.variants ?? null,
    },
    holdout: holdoutOf(campaign.holdout, tally, tallies, converted),
  };
}

function variantsOf({ campaign, winner }: Run, tallies: readonly VariantTally[]): VariantReport[] {
  const tried = tallies.filter((it) => it.phase !== 'rest');
  const clicks = compareVariants(countsOf(campaign, tried, 'clicks'), { by: 'clicks' }).variants;
  const conversions = compareVariants(countsOf(campaign, tried, 'conversions'), {
    by: 'conversions',
  }).variants;
  return campaign.variants.map(({ name }, index) => {
    const phase = (of: 'sample' | 'rest') =>
      phaseOf(tallies.find((it) => it.variant === name && it.phase === of));
    return {
      name,
      isWinner: name === winner,
      clicks: figuresOf(clicks[index]),
      conversions: figuresOf(conversions[index]),
      sample: phase('sample'),
      rest: phase('rest'),
    };
  });
}

function figuresOf(result: VariantResult | undefined): VariantFigures {
  if (result === undefined) throw new Error('each variant is compared');
  const { variant, ...figures } = result;
  return figures;
}

function phaseOf(tally: VariantTally | undefined): PhaseReport | null {
  return tally === undefined
    ? null
    : {
        accepted: tally.accepted,
        clicks: measured({ people: tally.trackable, hits: tally.clicked }),
        conversions: measured({ people: tally.accepted, hits: tally.converted }),
      };
}

function holdoutOf(
  share: number,
  tally: Tally,
  tallies: readonly VariantTally[],
  converted: Awaited<ReturnType<Counts['converted']>>,
): HoldoutReport | null {
  const people = tally.skipped.holdout ?? 0;
  if (people === 0) return null;
  const sum = (of: (it: VariantTally) => number) => tallies.reduce((total, it) => total + of(it), 0);
  const heldOut = { people, hits: converted.heldOut };
  const others = { people: tally.total - people, hits: converted.others };
  return {
    share,
    heldOut: measured(heldOut),
    others: measured(others),
    writtenTo: measured({ people: sum((it) => it.accepted), hits: sum((it) => it.converted) }),
    uplift: upliftOf(others, heldOut),
  };
}
