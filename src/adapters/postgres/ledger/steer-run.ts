import { sql } from 'kysely';
import { DearlyError } from '../../../errors.ts';
import type { Json } from '../../../profile/profile.ts';
import type { Database } from '../connect.ts';
import { layRun } from '../webhooks/lay-webhooks.ts';
import { moveRows } from './move-rows.ts';

export async function pauseRun(db: Database, runId: string, reason: string): Promise<void> {
  await sql`
    with changed as (
      update runs set state = 'paused', pause_reason = ${reason} where id = ${runId} and state = 'running'
      returning id, pause_reason as reason
    )
    ${layRun('paused')}`.execute(db);
}

export async function resumeRun(db: Database, runId: string): Promise<void> {
  await db
    .updateTable('runs')
    .set({ state: 'running', pause_reason: null })
    .where('id', '=', runId)
    .where('state', '=', 'paused')
    .execute();
}

export async function cancelRun(db: Database, runId: string): Promise<number> {
  return await db.transaction().execute(async (trx) => {
    const { rows } = await sql`
      with was as materialized (
        select id, state from runs where id = ${runId} and state <> 'completed' for update
      ), changed as (
        update runs set state = 'cancelled', pause_reason = null from was where runs.id = was.id and was.state <> 'cancelled'
        returning runs.id, null as reason
      ), told as (${layRun('cancelled')})
      select id from was`.execute(trx);
    return rows.length > 0 ? await moveRows(trx, runId, 'cancel') : 0;
  });
}

/** What has ended is planned again, and with it the run goes on. Nothing happens where there is no such row. */
export async function runAgain(db: Database, runId: string, happening: 'retry' | 'resend'): Promise<number> {
  return await db.transaction().execute(async (trx) => {
    const run = await trx
      .selectFrom('runs')
      .select(['state', 'name', 'occurrence'])
      .where('id', '=', runId)
      .forUpdate()
      .executeTakeFirst();
    if (run?.state === 'cancelled') {
      throw new DearlyError(
        'run-cancelled',
        `${run.name} ${run.occurrence} was cancelled: nobody is written to any more.`,
      );
    }
    const moved = await moveRows(trx, runId, happening);
    if (moved > 0) {
      await trx
        .updateTable('runs')
        .set({ state: 'running', pause_reason: null, completed_at: null })
        .where('id', '=', runId)
        .execute();
    }
    return moved;
  });
}

/** False where the run has a winner already. */
export async function decideWinner(
  db: Database,
  runId: string,
  variant: string,
  decision: Json,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('runs')
    .set({ winner: variant, decided_at: sql`now()`, decision: JSON.stringify(decision) })
    .where('id', '=', runId)
    .where('winner', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
