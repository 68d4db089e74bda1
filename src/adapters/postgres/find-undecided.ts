import { sql } from 'kysely';
import type { Undecided } from '../../run/campaign/counts.ts';
import type { Database } from './connect.ts';

/** Of the sample's people: so many must have ended before its time starts. */
const enough = sql`0.9`;

/**
 * Runs that wait for their sample. One that is retried for days, or a domain that is paused, is no reason for the others to
 * wait: nine in ten are enough.
 */
export async function findUndecided(db: Database): Promise<Undecided[]> {
  const { rows } = await sql<{ id: string; people: string; ended: string; through: Date | null }>`
    select runs.id, sample.*,
      case when ended >= ${enough} * people then (
        select ended_at from ledger where run_id = runs.id and phase = 'sample' and ended_at is not null
        order by ended_at offset greatest(0, ceil(${enough} * people)::bigint - 1) limit 1
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

/** Whether a paused or ended run's is, too. */
export async function isSampleOut(db: Database, runId: string): Promise<boolean> {
  const { rows } = await sql<{ is_out: boolean }>`
    select count(ended_at) >= ${enough} * count(*) as is_out from ledger
    where run_id = ${runId} and phase = 'sample'`.execute(db);
  return rows[0]?.is_out ?? false;
}
