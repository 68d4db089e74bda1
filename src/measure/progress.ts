// Enters: counts of a run's rows, taken now and then. Leaves: Progress, how far it is, how fast and for how much longer.
// Never: a clock or a bar. Whoever shows it says when it looked.

export interface Sample {
  /** Milliseconds on any clock that does not run backwards. */
  readonly atMs: number;
  readonly total: number;
  /** Rows that have not ended. */
  readonly open: number;
}

export interface Progress {
  readonly total: number;
  readonly ended: number;
  /** 0 to 1; 1 where nobody was meant. */
  readonly share: number;
  /** Rows that ended, per second, lately. Null while there is nothing to tell it by. */
  readonly perSecond: number | null;
  /** At this pace. Null while nothing moves: nobody knows then. */
  readonly secondsLeft: number | null;
}

/** Long enough for a chunk of slow messages, short enough to show that a throttle was changed. */
const windowMs = 60_000;

/** @param samples oldest first, at least one; those older than a minute before the newest are not looked at */
export function progressOf(samples: readonly Sample[]): Progress {
  const newest = samples.at(-1);
  if (newest === undefined) throw new Error('Progress is told by at least one sample.');
  const first = samples.find((it) => it.atMs >= newest.atMs - windowMs) ?? newest;
  const { total, open } = newest;
  const ended = total - open;
  const seconds = (newest.atMs - first.atMs) / 1000;
  const lately = ended - (first.total - first.open);
  // What was ended before may be open again: an operator had failed rows tried once more.
  const perSecond = seconds > 0 ? Math.max(0, lately) / seconds : null;
  return {
    total,
    ended,
    share: total === 0 ? 1 : ended / total,
    perSecond,
    secondsLeft: open === 0 ? 0 : perSecond ? open / perSecond : null,
  };
}
