// Enters: a wire. Leaves: runs, videos and chores taken from now on, until the signal. Never: how one is done; that stands in run/.
import { forgetReports } from '../../adapters/postgres/bounces/keep-report.ts';
import { forsakenRuns, forsakenVideos } from '../../adapters/postgres/forsaken-runs.ts';
import { winnersChore } from '../../run/campaign/decide-winner.ts';
import { campaignChore } from '../../run/campaign/start-due-campaigns.ts';
import { chatChore } from '../../run/chat/pass-on-due.ts';
import { isDatabaseAway } from '../../run/keep-trying.ts';
import type { Settled } from '../../run/one.ts';
import { openLanes } from '../../run/pace/pace.ts';
import { recoverChore } from '../../run/recover-runs.ts';
import { type Chore, tick } from '../../run/tick.ts';
import { webhookChores } from '../../run/webhooks/webhooks.ts';
import { type WorkOptions, workRun } from '../../run/work-run.ts';
import type { Wire } from '../wire.ts';

/** Messages on their way at once, per process. SMTP servers commonly allow ten connections per client or more. */
export const sendConcurrency = 5;

/** Films under way at once, per process: while one is joined and kept, the next one's scenes are drawn. The lane shares out its pages. */
export const videosAtOnce = 3;

/** Runs in turn: one that waits for its pace leaves the connections to the others. */
const runsAtOnce = 4;

export interface JobOptions extends Pick<WorkOptions, 'chunk' | 'leaseMs' | 'sliceMs'> {
  readonly signal: AbortSignal;
  readonly onFault: (what: string, error: unknown) => void;
  /** Messages on their way at once, all runs of this process together. */
  readonly concurrency?: number;
  /** Films under way at once; 0 leaves them to other workers. */
  readonly videos?: number;
  /** How often this process asks whether a chore is due. */
  readonly tickMs?: number;
  /** Beside the house's own. */
  readonly chores?: readonly Chore[];
  readonly onSettled?: (settled: Settled) => void;
  /** Whether a run is somebody else's alone to send. */
  readonly leaves?: (runId: string) => Promise<boolean>;
}

/** What is under way in this process. */
export interface Jobs {
  readonly runs: number;
  readonly videos: number;
}

/** Takes runs, videos and chores until the signal is given or the wire closes; `close` waits for what is under way. */
export async function takeJobs(wire: Wire, options: JobOptions): Promise<Jobs> {
  const { concurrency = sendConcurrency, tickMs = 1000, onFault } = options;
  const closing = new AbortController();
  const stop = AbortSignal.any([options.signal, closing.signal]);
  const underWay = { runs: 0, videos: 0 };
  const lanes = openLanes(wire.rates, concurrency);
  const ticking = tick({
    chores: [...choresOf(wire), ...(options.chores ?? [])],
    book: wire.chores,
    everyMs: tickMs,
    signal: stop,
    onFault,
  });

  async function onRun(runId: string, jobSignal: AbortSignal): Promise<void> {
    if (stop.aborted) return await wire.queue.wakeRun(runId);
    if (await options.leaves?.(runId)) return;
    underWay.runs++;
    try {
      const { chunk, leaseMs, sliceMs = 5000, onSettled } = options;
      const worked = await workRun(runId, wire, {
        concurrency,
        lanes,
        sliceMs,
        signal: AbortSignal.any([jobSignal, stop]),
        ...(chunk !== undefined && { chunk }),
        ...(leaseMs !== undefined && { leaseMs }),
        ...(onSettled && { onSettled }),
        onMore: () => void wire.queue.wakeRun(runId).catch(() => {}),
        onFault: (rowId, error) => onFault(`row ${rowId}`, error),
      });
      if (!worked.completed && worked.nextDueAt !== null) await wire.queue.wakeRun(runId, worked.nextDueAt);
    } catch (error) {
      // The queue says itself that the database is away, and the tick wakes the run once it is back.
      if (!isDatabaseAway(error)) onFault(`run ${runId}`, error);
      throw error;
    } finally {
      underWay.runs--;
    }
  }

  async function onVideo(key: string, jobSignal: AbortSignal): Promise<void> {
    const signal = AbortSignal.any([jobSignal, stop]);
    underWay.videos++;
    try {
      await wire.videos.make(key, signal);
    } catch (error) {
      if (!signal.aborted) onFault(`video ${key}`, error);
      throw error;
    } finally {
      underWay.videos--;
    }
  }

  await wire.queue.work({
    ...(wire.canSend && { onRun }),
    onVideo,
    async onLostVideo(key) {
      const reason = 'Every worker that began to draw it went away.';
      if (await wire.videos.giveUp(key, reason)) onFault(`video ${key}`, new Error(reason));
    },
    runsAtOnce,
    videosAtOnce: options.videos ?? videosAtOnce,
    async end() {
      closing.abort();
      await ticking;
    },
  });
  return underWay;
}

/** What is looked after by the clock. */
function choresOf(wire: Wire): Chore[] {
  const { db, ledger, queue, rates } = wire;
  return [
    recoverChore({
      ledger,
      queue,
      forsakenRuns: () => forsakenRuns(db),
      forsakenVideos: () => forsakenVideos(db),
    }),
    campaignChore(wire),
    winnersChore(wire),
    ...webhookChores(wire.webhooks),
    // A worker that knows of no desk leaves what is due to one that does.
    ...(wire.chat.desk === null ? [] : [chatChore(wire.chat)]),
    { name: 'reports', everyMs: 3_600_000, run: async () => void (await forgetReports(db)) },
    { name: 'pace', everyMs: 600_000, run: () => rates.forget() },
  ];
}

/** Resolves when the signal is given. */
export function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
