import { sql } from 'kysely';
import { sources } from '../../../run/transitions.ts';
import type { Database } from '../connect.ts';
import { inStates } from './in-states.ts';

/**
 * The first entries of three indexes. The rows' times are the server's, whoever asks waits by a clock of its own: what is told is
 * how far away it is from now. Nobody is due while all mail is paused, nor who waits for a winner before there is one.
 */
export async function nextDueAt(db: Database, runId: string): Promise<string | null> {
  const claimable = inStates(sources('claim'));
  const { rows } = await sql<{ wait_ms: number | null }>`
    with pause as (select max(until) as until from domain_pauses where domain = '*' and until > now())
    select extract(epoch from least(
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
    ) - now())::float8 * 1000 as wait_ms
    from runs where id = ${runId}`.execute(db);
  const waitMs = rows[0]?.wait_ms ?? null;
  return waitMs === null ? null : new Date(Date.now() + waitMs).toISOString();
}
