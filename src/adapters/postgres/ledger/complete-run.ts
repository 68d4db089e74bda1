import { type Kysely, sql } from 'kysely';
import { openStates } from '../../../run/transitions.ts';
import type { Database } from '../connect.ts';
import type { Schema } from '../schema.ts';
import { layRun } from '../webhooks/lay-webhooks.ts';
import { inStates } from './in-states.ts';

/** True when every row has ended and the run says so. A paused run with nothing left to do waits to be resumed. */
export async function completeRun(db: Database, runId: string): Promise<boolean> {
  if (await hasOpenRows(db, runId)) return false;
  return await db.transaction().execute(async (trx) => {
    // The lock first, the rows after it: whoever plans failed rows again takes it as well, so neither overlooks the other.
    const run = await trx
      .selectFrom('runs')
      .select(['state', 'completed_at'])
      .where('id', '=', runId)
      .forUpdate()
      .executeTakeFirst();
    if (run === undefined) return false;
    if (run.completed_at !== null) return true;
    if ((run.state !== 'running' && run.state !== 'cancelled') || (await hasOpenRows(trx, runId)))
      return false;
    const state = run.state === 'running' ? 'completed' : run.state;
    await sql`
      with changed as (
        update runs set state = ${state}, completed_at = now() where id = ${runId} returning id, state, null as reason
      )
      ${state === 'completed' ? layRun('completed') : sql`select from changed`}`.execute(trx);
    return true;
  });
}

async function hasOpenRows(db: Kysely<Schema>, runId: string): Promise<boolean> {
  const { rows } = await sql<{ open: boolean }>`
    select exists (select from ledger where run_id = ${runId} and state in ${inStates(openStates)}) as open`.execute(
    db,
  );
  return rows[0]?.open ?? false;
}
