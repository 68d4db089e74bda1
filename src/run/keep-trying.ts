import { setTimeout as wait } from 'node:timers/promises';
import { DearlyError } from '../errors.ts';

export interface Patience {
  /** After so long the fault is thrown. */
  readonly forMs?: number;
  /** Once given, only a few seconds are left. */
  readonly signal?: AbortSignal | undefined;
}

const firstPauseMs = 50;
const longestPauseMs = 1000;
const farewellMs = 8000;

/**
 * Does it again while the database is away: a restart takes seconds, and whoever waits them out loses nothing. It must be safe
 * to do twice, for a commit may have come through although its answer did not. Other faults are thrown at once.
 */
export async function keepTrying<T>(work: () => Promise<T>, patience: Patience = {}): Promise<T> {
  const { forMs = 60_000, signal } = patience;
  const startedAt = performance.now();
  let stoppedAt = signal?.aborted ? startedAt : Number.POSITIVE_INFINITY;
  const stop = () => {
    stoppedAt = performance.now();
  };
  signal?.addEventListener('abort', stop, { once: true });
  try {
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
      try {
        return await work();
      } catch (error) {
        const now = performance.now();
        if (!isDatabaseAway(error) || now > startedAt + forMs || now > stoppedAt + farewellMs) throw error;
        await wait(pauseMs * (0.5 + Math.random() / 2));
      }
    }
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

export function isDatabaseAway(error: unknown): boolean {
  return error instanceof DearlyError && error.code === 'database-unavailable';
}
