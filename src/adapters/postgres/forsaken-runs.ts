import { sql } from 'kysely';
import type { Forsaken } from '../../run/recover-runs.ts';
import { openStates, sources } from '../../run/transitions.ts';
import type { Database } from './connect.ts';
import { inStates } from './ledger/in-states.ts';

/** A few index entries per open run, looked at once. Nothing is due while all mail is paused; what a paused domain holds up has the pause's end. */
export async function forsakenRuns(db: Database): Promise<Forsaken[]> {
  const claimable = inStates(sources('claim'));
  const { rows } = await sql<Forsaken>`
    with looked as materialized (
      select id as "runId",
        exists (select from ledger where run_id = runs.id and state in ('claimed', 'handoff') and lease_until < now()) as "hasLost",
        state = 'running' and not exists (select from domain_pauses where domain = '*' and until > now()) and (
          exists (select from ledger where run_id = runs.id and state in ${claimable} and phase is distinct from 'rest' and next_at <= now())
          or (winner is not null and exists (
            select from ledger where run_id = runs.id and state in ${claimable} and phase = 'rest' and next_at <= now()))
        ) as "hasDue",
        state in ('running', 'cancelled')
          and not exists (select from ledger where run_id = runs.id and state in ${inStates(openStates)}) as "isOver"
      from runs where completed_at is null
    )
    select * from looked where "hasLost" or "hasDue" or "isOver"`.execute(db);
  return rows;
}

/** Queued ones whose wake-up went astray: in the queue proper they would be drawn or waiting there, and asking again changes nothing. */
export async function forsakenVideos(db: Database): Promise<string[]> {
  const rows = await db
    .selectFrom('video_jobs')
    .select('key')
    .where('state', '=', 'queued')
    .where('updated_at', '<', sql<Date>`now() - interval '1 minute'`)
    .limit(100)
    .execute();
  return rows.map(({ key }) => key);
}
