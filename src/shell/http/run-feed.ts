// Enters: looks at runs, by whoever asks. Leaves: one look at a time per run, shared by all. Never: a look for nobody.
import { type Progress, progressOf, type Sample } from '../../measure/progress.ts';
import type { Ledger, Run, Tally } from '../../run/ledger.ts';

export interface RunLook {
  readonly run: Run;
  readonly tally: Tally;
  readonly progress: Progress;
  /** Nothing changes any more by itself. */
  readonly isOver: boolean;
}

export interface RunFeed {
  /** About a second old at most. Tells the pace from the second look within a minute on. @throws DearlyError `run-missing` */
  look(runId: string): Promise<RunLook>;
  /** The newest look, and each one after it until the run is over. @returns ends the listening */
  listen(runId: string, hear: (look: RunLook) => void): () => void;
  close(): void;
}

const everyMs = 1000;
/** A tally of millions of rows takes a while: a database that only counts does nothing else. */
const restPerLook = 5;
/** As long as a pace is told from. */
const keptMs = 60_000;

interface Watched {
  newest: Promise<RunLook> | null;
  lookedAtMs: number;
  tookMs: number;
  samples: Sample[];
  readonly ears: Set<(look: RunLook) => void>;
  /** Somebody listens, or did a moment ago. */
  isFollowed: boolean;
}

export function openRunFeed(ledger: Pick<Ledger, 'find' | 'tally'>): RunFeed {
  const watched = new Map<string, Watched>();
  const timers = new Set<NodeJS.Timeout>();

  function watch(runId: string): Watched {
    const now = performance.now();
    for (const [id, it] of watched) if (!it.isFollowed && it.lookedAtMs < now - keptMs) watched.delete(id);
    const it = watched.get(runId) ?? {
      newest: null,
      lookedAtMs: 0,
      tookMs: 0,
      samples: [],
      ears: new Set(),
      isFollowed: false,
    };
    watched.set(runId, it);
    return it;
  }

  function look(runId: string): Promise<RunLook> {
    const it = watch(runId);
    if (it.newest !== null && performance.now() - it.lookedAtMs < restOf(it)) return it.newest;
    const looking = lookNow(runId, it);
    it.newest = looking;
    it.lookedAtMs = performance.now();
    looking.catch(() => {
      // What failed is nobody's answer but that of who asked for it.
      if (it.newest === looking) it.newest = null;
    });
    return looking;
  }

  async function lookNow(runId: string, it: Watched): Promise<RunLook> {
    const startedAt = performance.now();
    const run = await ledger.find(runId);
    const tally = await ledger.tally(runId);
    const atMs = performance.now();
    it.tookMs = atMs - startedAt;
    it.samples = [
      ...it.samples.filter((sample) => sample.atMs > atMs - keptMs),
      { atMs, total: tally.total, open: tally.open },
    ];
    const isOver = run.endedAt !== null && tally.open === 0;
    return { run, tally, progress: progressOf(it.samples), isOver };
  }

  /** A database that is away is asked again: who listens sees a gap, and then how things stand. */
  async function follow(runId: string, it: Watched): Promise<void> {
    it.isFollowed = true;
    while (it.ears.size > 0) {
      const newest = await look(runId).catch(() => null);
      if (newest !== null) for (const hear of [...it.ears]) hear(newest);
      if (newest?.isOver) break;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(() => {
          timers.delete(timer);
          resolve();
        }, restOf(it));
        timers.add(timer);
      });
    }
    it.isFollowed = false;
  }

  return {
    look,
    listen(runId, hear) {
      const it = watch(runId);
      it.ears.add(hear);
      if (it.isFollowed) look(runId).then(hear, () => {});
      else void follow(runId, it);
      return () => void it.ears.delete(hear);
    },
    close() {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
      watched.clear();
    },
  };
}

function restOf({ tookMs }: Watched): number {
  return Math.max(everyMs, tookMs * restPerLook);
}
