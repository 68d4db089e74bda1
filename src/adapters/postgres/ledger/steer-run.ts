import { sql } from 'kysely';
import { DearlyError } from '../../../errors.ts';
import type { Json } from '../../../profile/profile.ts';
import type { Database } from '../connect.ts';
import { moveRows } from './move-rows.ts';

export async function pauseRun(db: Database, runId: string, reason: string): Promise<void> {
  await db
    .updateTable('runs')
    .set({ state: 'paused', pause_reason: reason })
    .where('id', '=', runId)
    .where('state', '=', 'running')
    .execute();
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
    const { numUpdatedRows } = await trx
      .updateTable('runs')
      .set({ state: 'cancelled', pause_reason: null })
      .where('id', '=', runId)
      .where('state', '<>', 'completed')
      .executeTakeFirst();
    return numUpdatedRows > 0n ? await moveRows(trx, runId, 'cancel') : 0;
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
