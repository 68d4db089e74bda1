// Enters: runs that wait for their sample. Leaves: for each whose time or evidence has come a winner, once, and the rest on its way.
// Never: a run that is paused or cancelled, or opens.
import { type ChosenBy, chooseWinner, lookedUntil } from '../../measure/choose-winner.ts';
import { type Comparison, compareVariants } from '../../measure/compare-variants.ts';
import type { Json } from '../../profile/profile.ts';
import { isDatabaseAway } from '../keep-trying.ts';
import type { Ledger, Run } from '../ledger.ts';
import type { Queue } from '../queue.ts';
import type { Chore } from '../tick.ts';
import type { Counts, Undecided, VariantTally } from './counts.ts';

export interface WinnerTools {
  readonly counts: Counts;
  readonly ledger: Pick<Ledger, 'find' | 'decideWinner'>;
  readonly queue: Pick<Queue, 'wakeRun'>;
  readonly now: () => Date;
}

/** What the winner was named on; kept with the run. */
export interface WinnerDecision extends Comparison {
  readonly chosenBy: ChosenBy;
  /** What was done until then was counted, ISO 8601. */
  readonly until: string;
}

export interface NamedWinner {
  readonly runId: string;
  readonly variant: string;
  readonly chosenBy: ChosenBy;
}

/** Safe to do twice at once: the ledger takes the first winner and no other. One that fails holds up no other. */
export async function decideDueWinners(tools: WinnerTools): Promise<NamedWinner[]> {
  const named: NamedWinner[] = [];
  const faults: unknown[] = [];
  for (const waiting of await tools.counts.undecided()) {
    try {
      const winner = await decideOne(waiting, tools);
      if (winner !== null) named.push(winner);
    } catch (error) {
      if (isDatabaseAway(error)) throw error;
      faults.push(error);
    }
  }
  if (faults.length > 0) throw faults[0];
  return named;
}

/** For the tick. A look changes nothing until a tenth of the waiting time is over, so asking often costs little. */
export function winnersChore(tools: WinnerTools): Chore {
  return { name: 'winners', everyMs: 5000, run: async () => void (await decideDueWinners(tools)) };
}

async function decideOne(waiting: Undecided, tools: WinnerTools): Promise<NamedWinner | null> {
  const { counts, ledger, queue } = tools;
  const { runId, people, through } = waiting;
  const { campaign } = await ledger.find(runId);
  const { sample } = campaign;
  if (sample === null) return null;
  const now = tools.now();
  // So few people that the draw put none of them into the sample: there is nothing to wait for.
  if (people > 0 && through === null) return null;
  const start = through ?? now;
  // The time runs from when people could have read it: a start in quiet hours takes none of it away.
  const decideAt = new Date(start.getTime() + (people === 0 ? 0 : sample.decide_after_hours * 3_600_000));
  await counts.decideAt(runId, decideAt);
  const until = lookedUntil(start, decideAt, now);
  const tallies = await counts.variants(runId, { phase: 'sample', until });
  const comparison = compareVariants(countsOf(campaign, tallies, sample.by), { by: sample.by });
  const winner = chooseWinner(comparison, sample, now, decideAt);
  if (winner === null) return null;
  const decision: WinnerDecision = { ...comparison, chosenBy: winner.by, until: until.toISOString() };
  if (!(await ledger.decideWinner(runId, winner.variant, toJson(decision)))) return null;
  await queue.wakeRun(runId);
  return { runId, variant: winner.variant, chosenBy: winner.by };
}

function toJson({ variants, ...rest }: WinnerDecision): Json {
  return { ...rest, variants: variants.map(({ interval, ...it }) => ({ ...it, interval: { ...interval } })) };
}

/** Each variant of the campaign, in its order, those without a person as well. */
export function countsOf(
  { variants }: Pick<Run['campaign'], 'variants'>,
  tallies: readonly VariantTally[],
  by: Comparison['by'],
) {
  return variants.map(({ name }) => {
    const own = tallies.filter((it) => it.variant === name);
    const sum = (of: (it: VariantTally) => number) => own.reduce((total, it) => total + of(it), 0);
    return {
      variant: name,
      people: sum((it) => (by === 'clicks' ? it.trackable : it.accepted)),
      hits: sum((it) => (by === 'clicks' ? it.clicked : it.converted)),
    };
  });
}
