import { setTimeout as wait } from 'node:timers/promises';

/** Waits between the tries, in milliseconds: a database that restarts is back in this time. */
const pausesMs = [100, 300, 1000, 3000, 5000, 10_000];

/** For what has to be said though whoever hears it is away for a moment; it must be safe to say twice. Throws the last error. */
export async function keepTrying<T>(say: () => Promise<T>): Promise<T> {
  for (const pauseMs of pausesMs) {
    try {
      return await say();
    } catch {
      await wait(pauseMs);
    }
  }
  return await say();
}
