import { sql } from 'kysely';
import { eventKinds } from '../../track/event.ts';
import type { Database } from './connect.ts';
import type { Count } from './count-work.ts';

/** Adds up what people and machines did, from the moment it was made on. */
export interface EventCounter {
  /** By kind, people and machines apart; all processes together, one reading behind. */
  read(): Promise<readonly Count[]>;
}

/**
 * Reads the rows that are new, by their number, and no others. A number is given before its row can be seen: what one
 * reading sees is therefore counted by the next, when those with smaller numbers are there as well.
 */
export function openEventCounter(db: Database): EventCounter {
  // From zero on: a rate needs the number before the first.
  const sums = new Map<string, Count>(
    eventKinds.flatMap((kind) =>
      ['false', 'true'].map((machine) => [`${kind} ${machine}`, { labels: { kind, machine }, value: 0 }]),
    ),
  );
  let from: string | null = null;
  let until: string | null = null;
  let reading: Promise<unknown> = Promise.resolve();

  async function readOn(): Promise<readonly Count[]> {
    if (from !== null && until !== null) {
      const { rows } = await sql<{ kind: string; machine: boolean; count: string }>`
        select kind, machine, count(*) as count from events
        where id > ${from}::bigint and id <= ${until}::bigint
        group by kind, machine`.execute(db);
      for (const { kind, machine, count } of rows) {
        const key = `${kind} ${machine}`;
        const before = sums.get(key)?.value ?? 0;
        sums.set(key, { labels: { kind, machine: String(machine) }, value: before + Number(count) });
      }
    }
    const { rows } = await sql<{ newest: string }>`
      select coalesce(max(id), 0)::text as newest from events`.execute(db);
    from = until ?? rows[0]?.newest ?? null;
    until = rows[0]?.newest ?? null;
    return [...sums.values()];
  }

  return {
    // One after the other: two at once would count the same rows.
    read() {
      const next = reading.then(readOn);
      reading = next.catch(() => {});
      return next;
    },
  };
}
