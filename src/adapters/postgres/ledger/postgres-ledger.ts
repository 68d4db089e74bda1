// Enters: a database and the secret that hashes addresses. Leaves: Ledger, its verbs a file each.
// Never: a decision; which change may follow which stands in run/transitions.ts.
import { DearlyError } from '../../../errors.ts';
import type { Ledger } from '../../../run/ledger.ts';
import type { State } from '../../../run/transitions.ts';
import type { Database } from '../connect.ts';
import { changeRow, inMs } from './change-row.ts';
import { claimRows } from './claim-rows.ts';
import { completeRun } from './complete-run.ts';
import { handOff } from './hand-off.ts';
import { moveRows } from './move-rows.ts';
import { nextDueAt } from './next-due.ts';
import { openRun } from './open-run.ts';
import { readHistory } from './read-history.ts';
import { recoverRows } from './recover-rows.ts';
import { settle } from './settle.ts';
import { cancelRun, decideWinner, pauseRun, resumeRun, runAgain } from './steer-run.ts';
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
    skip: (claim, detail) => changeRow(db, claim, { happening: 'skip', detail }),
    // As far away as it is here: the server's clock may show another time.
    postpone: (claim, until, detail) =>
      changeRow(db, claim, { happening: 'postpone', detail, nextAt: inMs(until.getTime() - Date.now()) }),
    handOff: (claim, snapshot, messageId, expiresAt, cap) =>
      handOff(db, secret, [claim, snapshot, messageId, expiresAt], cap),
    settle: (claim, outcome) => settle(db, secret, claim, outcome),
    fail: (claim, { detail, retryAfterMs }) =>
      changeRow(
        db,
        claim,
        retryAfterMs === null
          ? { happening: 'break', detail }
          : { happening: 'stumble', detail, nextAt: inMs(retryAfterMs) },
      ),
    recover: (runId) => recoverRows(db, runId),
    pause: (runId, reason) => pauseRun(db, runId, reason),
    resume: (runId) => resumeRun(db, runId),
    async cancel(runId) {
      const cancelled = await cancelRun(db, runId);
      await completeRun(db, runId);
      return cancelled;
    },
    retryFailed: (runId) => runAgain(db, runId, 'retry'),
    resolveUnknown: (runId, how) =>
      how === 'resend' ? runAgain(db, runId, 'resend') : moveRows(db, runId, 'assume'),
    decideWinner: (runId, variant, decision) => decideWinner(db, runId, variant, decision),
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
    history: (runId, profileKey) => readHistory(db, runId, profileKey),
    nextDueAt: (runId) => nextDueAt(db, runId),
    complete: (runId) => completeRun(db, runId),
  };
}
