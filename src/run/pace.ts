import { setTimeout as wait } from 'node:timers/promises';

/** Waits for its turn. Rejects with the signal's reason when aborted. */
export type Pace = (signal?: AbortSignal) => Promise<void>;

/**
 * Lets through at most `perSecond` calls a second, evenly spaced, whatever the callers' number. Time that nobody used is
 * not saved up: a burst after a pause would be what the limit is there to prevent.
 */
export function makePace(perSecond: number | undefined): Pace {
  if (perSecond === undefined) return async (signal) => signal?.throwIfAborted();
  const gapMs = 1000 / perSecond;
  let nextAt = 0;
  return async (signal) => {
    const now = performance.now();
    const turn = Math.max(now, nextAt);
    nextAt = turn + gapMs;
    await wait(turn - now, undefined, signal === undefined ? {} : { signal });
  };
}
