import { sql } from 'kysely';
import type { Database } from './connect.ts';

/** Adds up how often rows came into each state, from the moment it was made on. */
export interface ChangeCounter {
  /** State → how often, all workers together. Some seconds behind. */
  read(): Promise<Readonly<Record<string, number>>>;
}

/** What a message comes to, and not the steps on the way to it. */
const countedStates = [
  'accepted',
  'deferred',
  'bounced',
  'failed',
  'unknown',
  'skipped',
  'cancelled',
] as const;

/** A line carries the time its transaction began; those under way are given so long to be seen. */
const usualLagMs = 5000;

/** Reads the lines of the history that are new, found by their time, and no others. */
export function openChangeCounter(db: Database, { lagMs = usualLagMs } = {}): ChangeCounter {
  const sums: Record<string, number> = Object.fromEntries(countedStates.map((state) => [state, 0]));
  let since: string | null = null;
  let reading: Promise<unknown> = Promise.resolve();

  async function readOn(): Promise<Readonly<Record<string, number>>> {
    const { rows } = await sql<{ until: string; state: string | null; count: string }>`
      with span as (
        select until, coalesce(${since}::timestamptz, until) as since
        from (select now() - ${lagMs} * interval '1 millisecond' as until) as clock
      )
      select until::text, state, count(state) as count
      from span left join ledger_history on at >= span.since and at < span.until
        and state = any(${[...countedStates]})
        -- A note on a row that stays where it is.
        and (state <> 'accepted' or detail is null or detail !~ '^(soft|hard)-bounce: ')
      group by 1, 2`.execute(db);
    for (const { state, count } of rows) if (state !== null) sums[state] = (sums[state] ?? 0) + Number(count);
    since = rows[0]?.until ?? since;
    return { ...sums };
  }

  return {
    // One after the other: two at once would count the same lines.
    read() {
      const next = reading.then(readOn);
      reading = next.catch(() => {});
      return next;
    },
  };
}
