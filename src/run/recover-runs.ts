import type { Ledger } from './ledger.ts';
import type { Queue } from './queue.ts';
import type { Chore } from './tick.ts';

export interface Forsaken {
  readonly runId: string;
  /** Rows whose worker let their lease end. */
  readonly hasLost: boolean;
  /** Rows that are due now. */
  readonly hasDue: boolean;
  /** Every row has ended, and nobody has said so. */
  readonly isOver: boolean;
}

export interface RecoverTools {
  readonly ledger: Pick<Ledger, 'recover' | 'complete'>;
  readonly queue: Pick<Queue, 'wakeRun' | 'wakeVideo'>;
  /** Open runs with something to do. */
  readonly forsakenRuns: () => Promise<Forsaken[]>;
  /** Videos that wait for longer than a job in the queue would. */
  readonly forsakenVideos: () => Promise<string[]>;
}

/**
 * What makes every wake-up dispensable: a run with rows that are due is woken, whoever forgot to; what a killed worker held is
 * free again once its lease has ended; a run that is over says so.
 */
export function recoverChore(tools: RecoverTools): Chore {
  const { ledger, queue } = tools;
  return {
    name: 'recover',
    everyMs: 1000,
    async run(signal) {
      for (const { runId, hasLost, hasDue, isOver } of await tools.forsakenRuns()) {
        if (signal.aborted) return;
        if (hasLost) await ledger.recover(runId);
        if (hasLost || isOver) await ledger.complete(runId);
        if (hasLost || hasDue) await queue.wakeRun(runId);
      }
      for (const key of await tools.forsakenVideos()) await queue.wakeVideo(key);
    },
  };
}
