// Enters: a run. Leaves: Report, what came of it: how far people came, how the variants did, what being written to has brought.
// Never: a person, or a query of its own; Counts has those.

import { DearlyError } from '../../errors.ts';
import type { ChosenBy } from '../../measure/choose-winner.ts';
import type { Comparison, VariantResult } from '../../measure/compare-variants.ts';
import { type Outcome, outcomeOf } from '../../measure/outcome.ts';
import type { Form } from '../../template/form.ts';
import type { Ledger, Run, Tally } from '../ledger.ts';
import type { Shelf } from '../shelf.ts';
import type { Counts } from './counts.ts';
import type { WinnerDecision } from './decide-winner.ts';
import { type HoldoutReport, holdoutOf } from './report-holdout.ts';
import { type VariantReport, variantsOf } from './report-variants.ts';

/** Times in ISO 8601, rates and shares 0 … 1, amounts of money as exact decimals in text. The outcome is that of everybody. */
export interface Report extends Outcome {
  readonly run: Pick<Run, 'id' | 'kind' | 'name' | 'occurrence' | 'state' | 'createdAt' | 'endedAt'>;
  /** Rows by state, and why rows were skipped. */
  readonly tally: Tally;
  /** In the campaign file's order. */
  readonly variants: readonly VariantReport[];
  /** Null where the campaign takes none: its variants share the whole audience. */
  readonly sample: SampleReport | null;
  /** Null where nobody was held out. */
  readonly holdout: HoldoutReport | null;
}

export interface SampleReport {
  readonly share: number;
  readonly by: Comparison['by'];
  readonly confidence: number;
  /** How long after the sample is out the winner is named at the latest. */
  readonly decideAfterHours: number;
  /** When that is; null until nine in ten of the sample have ended, since nobody knows before. */
  readonly decideAt: string | null;
  /** What is below is null until there is a winner. */
  readonly winner: string | null;
  readonly decidedAt: string | null;
  readonly chosenBy: ChosenBy | null;
  /** What it was named on, as it stood then. */
  readonly evidence: readonly VariantResult[] | null;
}

export interface ReportTools {
  readonly ledger: Pick<Ledger, 'find' | 'tally'>;
  readonly counts: Counts;
  readonly shelf: Pick<Shelf, 'pack'>;
}

/** @throws DearlyError `run-missing` */
export async function reportOf(runId: string, { ledger, counts, shelf }: ReportTools): Promise<Report> {
  const run = await ledger.find(runId);
  const { campaign } = run;
  const [tally, figures, tallies, converted, sample, forms] = await Promise.all([
    ledger.tally(runId),
    counts.figures(runId),
    counts.variants(runId),
    counts.converted(runId),
    sampleOf(run, counts),
    formsOf(campaign.pack, shelf),
  ]);
  const { id, kind, name, occurrence, state, createdAt, endedAt } = run;
  const options = { price: campaign.cost_per_message ?? null, forms };
  return {
    run: { id, kind, name, occurrence, state, createdAt, endedAt },
    tally,
    ...outcomeOf(figures, { ...options, planned: tally.total }),
    variants: variantsOf(run, tallies, figures, options),
    sample,
    holdout: holdoutOf(campaign.holdout, tally, tallies, converted, figures.arms),
  };
}

async function sampleOf(
  { id, campaign, winner, decideAt }: Run,
  counts: Counts,
): Promise<SampleReport | null> {
  const { sample } = campaign;
  if (sample === null) return null;
  const decided = await counts.decided(id);
  // Ours, written by decideDueWinners.
  const decision = (decided?.decision ?? null) as WinnerDecision | null;
  const { share, by, confidence, decide_after_hours } = sample;
  return {
    share,
    by,
    confidence,
    decideAfterHours: decide_after_hours,
    decideAt: (await counts.isSampleOut(id)) ? decideAt : null,
    winner,
    decidedAt: decided?.at ?? null,
    chosenBy: decision?.chosenBy ?? null,
    evidence: decision?.variants ?? null,
  };
}

/** A pack that is gone or broken by now is no reason to withhold the figures: its answers are told without knowing what was asked. */
async function formsOf(pack: string, shelf: ReportTools['shelf']): Promise<Readonly<Record<string, Form>>> {
  try {
    return (await shelf.pack(pack)).forms;
  } catch (error) {
    if (error instanceof DearlyError) return {};
    throw error;
  }
}
