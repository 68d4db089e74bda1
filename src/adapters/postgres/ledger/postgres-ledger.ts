// Enters: a database and the secret that hashes addresses. Leaves: Ledger, its verbs a file each.
// Never: a decision; which change may follow which stands in run/transitions.ts.
import { sql } from 'kysely';
import { DearlyError } from '../../../errors.ts';
import type { Ledger } from '../../../run/ledger.ts';
import type { State } from '../../../run/transitions.ts';
import type { Database } from '../connect.ts';
import { changeRow } from './change-row.ts';
import { claimRows } from './claim-rows.ts';
import { handOff } from './hand-off.ts';
import { openRun } from './open-run.ts';
import { recoverRows } from './recover-rows.ts';
import { settle } from './settle.ts';
import { tally } from './tally.ts';
import { toRun } from './to-run.ts';

export function postgresLedger(db: Database, secret: Buffer): Ledger {
  return {
    open: (run, audience) => openRun(db, run, audience),
    async find(runId) {
      const row = await db.selectFrom('runs').selectAll().where('id', '=', runId).executeTakeFirst();
      if (row === undefined) throw new DearlyError('run-missing', `There is no run ${runId}.`);
      return toRun(row);
    },
    claim: (runId, options) => claimRows(db, secret, runId, options),
    release: (claim) => changeRow(db, claim, { happening: 'release', detail: 'given-back' }),
    skip: (claim, reason) => changeRow(db, claim, { happening: 'skip', detail: reason }),
    handOff: (claim, snapshot, messageId, expiresAt) => handOff(db, claim, snapshot, messageId, expiresAt),
    settle: (claim, outcome) => settle(db, secret, claim, outcome),
    recover: (runId) => recoverRows(db, runId),
    async pause(runId, reason) {
      await db
        .updateTable('runs')
        .set({ state: 'paused', pause_reason: reason })
        .where('id', '=', runId)
        .where('state', '=', 'running')
        .execute();
    },
    tally: (runId) => tally(db, runId),
    async look(runId, profileId) {
      const row = await db
        .selectFrom('ledger')
        .leftJoin('snapshots', 'snapshots.id', 'ledger.snapshot_id')
        .select(['ledger.state', 'ledger.reason', 'snapshots.body'])
        .where('ledger.run_id', '=', runId)
        .where('ledger.profile_id', '=', profileId)
        .executeTakeFirst();
      if (row === undefined)
        throw new DearlyError('run-missing', `Run ${runId} has no row for this profile.`);
      // The column's check constraint allows nothing else.
      return { state: row.state as State, reason: row.reason, snapshot: row.body };
    },
    async nextDueAt(runId) {
      const { rows } = await sql<{ at: Date | null }>`
        select min(coalesce(lease_until, next_at, now())) as at from ledger
        where run_id = ${runId} and ended_at is null`.execute(db);
      return rows[0]?.at?.toISOString() ?? null;
    },
    async complete(runId) {
      await sql`
        update runs set state = 'completed', completed_at = now()
        where id = ${runId} and state = 'running'
          and not exists (select from ledger where run_id = ${runId} and ended_at is null)`.execute(db);
      return (
        (await db.selectFrom('runs').select('state').where('id', '=', runId).executeTakeFirst())?.state ===
        'completed'
      );
    },
  };
}
