import { Cron } from 'croner';

/** When, by which clock. Neither `cron` nor `at`: whenever somebody starts it. */
export interface When {
  readonly cron?: string | undefined;
  readonly at?: string | undefined;
  readonly time_zone: string;
}

/**
 * The first occurrence later than `after`; null when none comes. A wall clock that is put forward takes the occurrences in
 * the gap along to its end; one that is put back does not repeat those of a fixed hour.
 */
export function nextOccurrence(when: When, after: Date): Date | null {
  return clockOf(when)?.nextRun(after) ?? null;
}

/** The next `count`, earliest first. */
export function nextOccurrences(when: When, after: Date, count: number): readonly Date[] {
  return clockOf(when)?.nextRuns(count, after) ?? [];
}

/** Whether occurrences come by themselves. */
export function comesByItself(when: When | undefined): when is When {
  return when?.cron !== undefined || when?.at !== undefined;
}

/**
 * What is due once a clock that stood still goes again: the newest occurrence from `due` (one itself) up to `now`, and how
 * many older ones it stands for. At most `most` are counted, so that a schedule of minutes costs no more than one of years.
 */
export function newestDue(
  when: When,
  due: Date,
  now: Date,
  most = 1000,
): { readonly newest: Date; readonly missed: number } {
  let newest = due;
  for (let missed = 0; missed < most; missed++) {
    const next = nextOccurrence(when, newest);
    if (next === null || next > now) return { newest, missed };
    newest = next;
  }
  const [last = newest] = clockOf(when)?.previousRuns(1, new Date(now.getTime() + 1)) ?? [];
  return { newest: last, missed: most };
}

/** Minutes and hours of a fixed clock; croner takes an ISO moment by the clock of the zone, too. */
function clockOf({ cron, at, time_zone }: When): Cron | null {
  const pattern = cron ?? at;
  if (pattern === undefined) return null;
  return new Cron(pattern, { timezone: time_zone, mode: '5-part', paused: true });
}
