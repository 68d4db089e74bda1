import { sql } from 'kysely';
import { sources } from '../../../run/transitions.ts';
import type { Database } from '../connect.ts';
import { inStates } from './in-states.ts';

/** The first entries of three indexes. Nobody is due while all mail is paused, nor who waits for a winner before there is one. */
export async function nextDueAt(db: Database, runId: string): Promise<string | null> {
  const claimable = inStates(sources('claim'));
  const { rows } = await sql<{ at: Date | null }>`
    with pause as (select max(until) as until from domain_pauses where domain = '*' and until > now())
    select least(
      (select lease_until from ledger where run_id = ${runId} and state in ('claimed', 'handoff') order by lease_until limit 1),
      case when runs.state = 'running' then (
        select greatest(next_at, (select until from pause)) from ledger
        where run_id = ${runId} and state in ${claimable} and phase is distinct from 'rest' order by next_at limit 1
      ) end,
      case when runs.state = 'running' then (
        select case when winner is null then greatest(decide_at, now() + interval '10 seconds')
          else greatest(next_at, (select until from pause)) end from ledger
        where run_id = ${runId} and state in ${claimable} and phase = 'rest' order by next_at limit 1
      ) end
    ) as at
    from runs where id = ${runId}`.execute(db);
  return rows[0]?.at?.toISOString() ?? null;
}
