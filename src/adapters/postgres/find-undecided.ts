import { sql } from 'kysely';
import type { Undecided } from '../../run/campaign/counts.ts';
import type { Database } from './connect.ts';

/**
 * Runs that wait for their sample. One that is retried for days, or a domain that is paused, is no reason for the others to
 * wait: nine in ten are enough.
 */
export async function findUndecided(db: Database): Promise<Undecided[]> {
  const { rows } = await sql<{ id: string; people: string; ended: string; through: Date | null }>`
    select runs.id, sample.*,
      case when ended >= 0.9 * people then (
        select ended_at from ledger where run_id = runs.id and phase = 'sample' and ended_at is not null
        order by ended_at offset greatest(0, ceil(0.9 * people)::bigint - 1) limit 1
      ) end as through
    from runs, lateral (
      select count(*) as people, count(ended_at) as ended from ledger
      where run_id = runs.id and phase = 'sample'
    ) as sample
    where decide_at is not null and winner is null and state = 'running'`.execute(db);
  return rows.map((row) => ({
    runId: row.id,
    people: Number(row.people),
    ended: Number(row.ended),
    through: row.through,
  }));
}
