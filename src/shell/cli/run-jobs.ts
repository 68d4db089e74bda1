import { workRun } from '../../run/work-run.ts';
import type { Wire } from '../wire.ts';

/** Messages on their way at once, per process. SMTP servers commonly allow ten connections per client or more. */
export const sendConcurrency = 5;

/** Films under way at once, per process: while one is joined and kept, the next one's scenes are drawn. The lane shares out its pages. */
const videosAtOnce = 3;

export interface JobOptions {
  readonly signal: AbortSignal;
  readonly onFault: (what: string, error: unknown) => void;
}

/** Takes runs and videos from the queue until the wire closes. */
export async function takeJobs(wire: Wire, options: JobOptions): Promise<void> {
  await wire.queue.work({
    videosAtOnce,
    async onRun(runId, jobSignal) {
      const signal = AbortSignal.any([jobSignal, options.signal]);
      const worked = await workRun(runId, wire, {
        concurrency: sendConcurrency,
        signal,
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
