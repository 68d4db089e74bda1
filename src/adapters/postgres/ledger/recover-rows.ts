import { sql } from 'kysely';
import type { Database } from '../connect.ts';

/**
 * Looks after rows whose worker is gone. A claimed one was never handed over: it is planned again. A handed-over one may
 * be out: it becomes unknown, or is planned again where the campaign says `on_unknown: resend`. Both get a new fence.
 */
export async function recoverRows(
  db: Database,
  runId: string,
): Promise<{ released: number; doubted: number }> {
  const { rows } = await sql<{ was: string; count: string }>`
    with lost as (
      select ledger.id, ledger.state as was, runs.campaign ->> 'on_unknown' = 'resend' as resend
      from ledger join runs on runs.id = ledger.run_id
      where ledger.run_id = ${runId} and ledger.ended_at is null
        and ledger.state in ('claimed', 'handoff') and ledger.lease_until < now()
      for update of ledger skip locked
    ), changed as (
      update ledger set
        state = case when was = 'handoff' and not resend then 'unknown' else 'planned' end,
        reason = case when was = 'handoff' then 'lease-ended-after-handoff' else 'lease-ended' end,
        ended_at = case when was = 'handoff' and not resend then now() end,
        attempt = attempt + 1, lease_until = null
      from lost where ledger.id = lost.id
      returning ledger.id, ledger.attempt, ledger.state, ledger.reason, lost.was
    ), noted as (
      insert into ledger_history (ledger_id, attempt, state, detail) select id, attempt, state, reason from changed
    )
    select was, count(*) from changed group by was`.execute(db);
  const count = (was: string) => Number(rows.find((row) => row.was === was)?.count ?? 0);
  return { released: count('claimed'), doubted: count('handoff') };
}
