import { sql } from 'kysely';
import { mostHandOffs } from '../../../run/outcome.ts';
import type { Database } from '../connect.ts';
import { layMessages } from '../webhooks/lay-webhooks.ts';
import { moveRows } from './move-rows.ts';

/**
 * Looks after rows whose worker is gone. A claimed one was never handed over: it is planned again. A handed-over one may
 * be out: it becomes unknown, or is planned again where the campaign says `on_unknown: resend` and it has not gone too often; never in a cancelled run.
 * What is planned again gets a new fence; what is in doubt keeps it, so that an answer that comes late still counts.
 */
export async function recoverRows(
  db: Database,
  runId: string,
): Promise<{ released: number; doubted: number }> {
  const { rows } = await sql<{ was: string; count: string }>`
    with run as materialized (
      select state = 'cancelled' as is_cancelled, campaign ->> 'on_unknown' = 'resend' as resend from runs where id = ${runId}
    ), lost as (
      select ledger.id, ledger.state as was,
        case
          when ledger.state = 'handoff' and (is_cancelled or not resend or tries >= ${mostHandOffs}) then 'unknown'
          when is_cancelled then 'cancelled'
          else 'planned'
        end as becomes
      from ledger, run
      where run_id = ${runId} and ledger.state in ('claimed', 'handoff') and lease_until < now()
      for update of ledger skip locked
    ), changed as (
      update ledger set
        state = becomes,
        reason = case when was = 'handoff' then 'lease-ended-after-handoff' else 'lease-ended' end,
        attempt = attempt + case when becomes = 'unknown' then 0 else 1 end,
        next_at = case when becomes = 'planned' then now() end,
        ended_at = case when becomes <> 'planned' then now() end,
        lease_until = null
      from lost where ledger.id = lost.id
      returning ledger.id, run_id, profile_id, attempt, ledger.state, reason, variant, was
    ), noted as (
      insert into ledger_history (ledger_id, attempt, state, detail) select id, attempt, state, reason from changed
    ), told as (${layMessages})
    select was, count(*) from changed group by was`.execute(db);
  await sweepCancelled(db, runId);
  const count = (was: string) => Number(rows.find((row) => row.was === was)?.count ?? 0);
  return { released: count('claimed'), doubted: count('handoff') };
}

/** A row that came back in the very moment in which its run was cancelled. */
async function sweepCancelled(db: Database, runId: string): Promise<void> {
  const run = await db.selectFrom('runs').select('state').where('id', '=', runId).executeTakeFirst();
  if (run?.state === 'cancelled') await moveRows(db, runId, 'cancel');
}
