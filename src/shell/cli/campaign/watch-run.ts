import { setTimeout as wait } from 'node:timers/promises';
import { type RunBreakdown, runBreakdown } from '../../../adapters/postgres/run-breakdown.ts';
import { type Progress, progressOf, type Sample } from '../../../measure/progress.ts';
import type { Run, Tally } from '../../../run/ledger.ts';
import type { Wire } from '../../wire.ts';
import { openBlock } from '../live-block.ts';
import { describeRun, type RunView } from './run-view.ts';

const everyMs = 1000;
/** The breakdown reads every row of the run. */
const breakdownEvery = 5;

/** Looks at a run again and again, whoever works on it, and draws it on stderr where somebody looks on. */
export async function watchRun(
  runId: string,
  wire: Wire,
  options: {
    readonly signal: AbortSignal;
    /** Goes on after the run's end until the signal. */
    readonly untilAborted?: boolean;
  },
): Promise<RunView> {
  const block = openBlock(process.stderr);
  const look = lookAgain(runId, wire);
  try {
    for (;;) {
      const view = await look();
      block.show(describeRun(view, wire.now()));
      const isOver =
        view.run.state === 'completed' || (view.run.state === 'cancelled' && view.tally.open === 0);
      if (options.signal.aborted || (isOver && !options.untilAborted)) {
        // What stays on the screen is of one moment.
        return { ...view, breakdown: await runBreakdown(wire.db, runId) };
      }
      await wait(everyMs, undefined, { signal: options.signal }).catch(() => {});
    }
  } finally {
    block.clear();
  }
}

/** Each look knows those before it, and so the pace. */
function lookAgain(runId: string, wire: Wire): () => Promise<RunView> {
  const samples: Sample[] = [];
  let breakdown: RunBreakdown | null = null;
  let looks = 0;
  return async () => {
    const run = await wire.ledger.find(runId);
    const tally = await wire.ledger.tally(runId);
    if (looks++ % breakdownEvery === 0) breakdown = await runBreakdown(wire.db, runId);
    samples.push(sampleOf(tally));
    if (samples.length > 60) samples.shift();
    return { run, tally, progress: progressOf(samples), breakdown };
  };
}

/** One look. Two tallies a moment apart tell the pace of a run that is going on. */
export async function lookOnce(run: Run, wire: Wire): Promise<RunView> {
  const first = sampleOf(await wire.ledger.tally(run.id));
  if (run.state === 'running' && first.open > 0) await wait(everyMs);
  const tally: Tally = await wire.ledger.tally(run.id);
  const progress: Progress = progressOf([first, sampleOf(tally)]);
  const newest = await wire.ledger.find(run.id);
  return { run: newest, tally, progress, breakdown: await runBreakdown(wire.db, run.id) };
}

function sampleOf({ total, open }: Tally): Sample {
  return { atMs: performance.now(), total, open };
}
