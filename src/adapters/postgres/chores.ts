import { sql } from 'kysely';
import type { ChoreBook } from '../../run/tick.ts';
import type { Database } from './connect.ts';

/**
 * A row per chore, with a lease. An advisory lock would be held by a worker that is stopped (SIGSTOP, a frozen machine) for as
 * long as its connection lives; a lease ends.
 */
export function postgresChores(db: Database): ChoreBook {
  const inMs = (count: number) => sql<Date>`clock_timestamp() + ${count}::float8 * interval '1 millisecond'`;
  return {
    async take(names, leaseMs) {
      const { rows } = await sql<{ name: string }>`
        insert into chores (name, busy_until)
        select name, ${inMs(leaseMs)} from unnest(${[...names].sort()}::text[]) as name
        on conflict (name) do update set busy_until = excluded.busy_until
        where chores.due_at <= clock_timestamp() and (chores.busy_until is null or chores.busy_until < clock_timestamp())
        returning name`.execute(db);
      return rows.map(({ name }) => name);
    },
    async renew(name, leaseMs) {
      await db
        .updateTable('chores')
        .set({ busy_until: inMs(leaseMs) })
        .where('name', '=', name)
        .execute();
    },
    async done(name, dueInMs, error) {
      await db
        .updateTable('chores')
        .set({ due_at: inMs(dueInMs), busy_until: null, ran_at: sql`clock_timestamp()`, error })
        .where('name', '=', name)
        .execute();
    },
  };
}
