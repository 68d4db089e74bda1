// Enters: chores, each with its period. Leaves: each done once per period by one of all workers.
// Never: one that holds up another, or is lost because its worker was killed, stopped or failed.
import { setTimeout as wait } from 'node:timers/promises';
import { isDatabaseAway, keepTrying } from './keep-trying.ts';

/** Something to look after by the clock. Two may overlap after a stall, so it must be safe to do twice. */
export interface Chore {
  readonly name: string;
  readonly everyMs: number;
  run(signal: AbortSignal): Promise<void>;
}

/** Who of all workers does which chore. */
export interface ChoreBook {
  /** Those of `names` that are due and that nobody is at; they are the caller's for `leaseMs`. */
  take(names: readonly string[], leaseMs: number): Promise<string[]>;
  renew(name: string, leaseMs: number): Promise<void>;
  /** @param error what went wrong, for operators; null where nothing did */
  done(name: string, dueInMs: number, error: string | null): Promise<void>;
}

export interface TickOptions {
  readonly chores: readonly Chore[];
  readonly book: ChoreBook;
  /** How often this worker asks whether something is due. */
  readonly everyMs: number;
  readonly signal: AbortSignal;
  readonly onFault: (what: string, error: unknown) => void;
}

/** A worker that says nothing for so long has stopped, and another one does the chore. */
const leaseMs = 6000;
/** One that failed is tried again after this at the earliest. */
const afterFaultMs = 5000;

/** Goes on until the signal is given, and ends when the chores under way have. */
export async function tick({ chores, book, everyMs, signal, onFault }: TickOptions): Promise<void> {
  const underWay = new Map<string, Promise<void>>();

  async function look(): Promise<void> {
    const free = chores.filter(({ name }) => !underWay.has(name));
    if (free.length === 0) return;
    const taken = new Set(
      await book.take(
        free.map(({ name }) => name),
        leaseMs,
      ),
    );
    for (const chore of free) {
      if (!taken.has(chore.name)) continue;
      underWay.set(
        chore.name,
        perform(chore).finally(() => underWay.delete(chore.name)),
      );
    }
  }

  async function perform({ name, everyMs: periodMs, run }: Chore): Promise<void> {
    const renewing = setInterval(() => void book.renew(name, leaseMs).catch(() => {}), leaseMs / 3);
    let dueInMs = periodMs;
    let trouble: string | null = null;
    try {
      await run(signal);
    } catch (error) {
      dueInMs = signal.aborted ? 0 : Math.max(periodMs, afterFaultMs);
      trouble = signal.aborted ? null : inWords(error);
      if (!signal.aborted && !isDatabaseAway(error)) onFault(`chore ${name}`, error);
    } finally {
      clearInterval(renewing);
    }
    // Where this is not heard, the lease ends by itself.
    await keepTrying(() => book.done(name, dueInMs, trouble), { forMs: leaseMs, signal }).catch(() => {});
  }

  while (!signal.aborted) {
    await look().catch((error: unknown) => {
      if (!isDatabaseAway(error)) onFault('chores', error);
    });
    // Not all workers in the same moment.
    await wait(everyMs * (0.75 + Math.random() / 2), undefined, { signal }).catch(() => {});
  }
  await Promise.all(underWay.values());
}

function inWords(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 300);
}
