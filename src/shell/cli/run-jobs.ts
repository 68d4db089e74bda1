import type { Settled } from '../../run/one.ts';
import type { Chore } from '../../run/tick.ts';
import { type WorkOptions, workRun } from '../../run/work-run.ts';
import type { Wire } from '../wire.ts';

/** Messages on their way at once, per process. SMTP servers commonly allow ten connections per client or more. */
export const sendConcurrency = 5;

/** Films under way at once, per process: while one is joined and kept, the next one's scenes are drawn. The lane shares out its pages. */
const videosAtOnce = 3;

export interface JobOptions extends Pick<WorkOptions, 'chunk' | 'leaseMs' | 'sliceMs'> {
  readonly signal: AbortSignal;
  readonly onFault: (what: string, error: unknown) => void;
  /** Messages on their way at once, all runs of this process together. */
  readonly concurrency?: number;
  /** How often this process asks whether a chore is due. */
  readonly tickMs?: number;
  /** Beside the house's own. */
  readonly chores?: readonly Chore[];
  readonly onSettled?: (settled: Settled) => void;
}

/** Takes runs and videos from the queue until the wire closes. */
export async function takeJobs(wire: Wire, options: JobOptions): Promise<void> {
  const { concurrency = sendConcurrency, chunk, leaseMs, sliceMs = 5000, onSettled } = options;
  await wire.queue.work({
    videosAtOnce,
    async onRun(runId, jobSignal) {
      const signal = AbortSignal.any([jobSignal, options.signal]);
      const worked = await workRun(runId, wire, {
        concurrency,
        ...(chunk !== undefined && { chunk }),
        ...(leaseMs !== undefined && { leaseMs }),
        sliceMs,
        signal,
        onMore: () => void wire.queue.wakeRun(runId),
        ...(onSettled && { onSettled }),
        onFault: (rowId, error) => options.onFault(`row ${rowId}`, error),
      });
      if (!worked.completed && worked.nextDueAt !== null) await wire.queue.wakeRun(runId, worked.nextDueAt);
    },
    async onVideo(key, jobSignal) {
      const signal = AbortSignal.any([jobSignal, options.signal]);
      try {
        await wire.videos.make(key, signal);
      } catch (error) {
        if (!signal.aborted) options.onFault(`video ${key}`, error);
        throw error;
      }
    },
  });
}

/** Resolves when the signal is given. */
export function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
