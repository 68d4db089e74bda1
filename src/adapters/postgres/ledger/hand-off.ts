import type { Snapshot } from '../../../merge/snapshot.ts';
import type { Claim } from '../../../run/ledger.ts';
import type { Database } from '../connect.ts';
import { keepSnapshot } from '../keep-snapshot.ts';
import { changeRow } from './change-row.ts';

/** Snapshot and state in one transaction: a message can be out only when what it says is kept. */
export async function handOff(
  db: Database,
  claim: Claim,
  snapshot: Snapshot,
  messageId: string,
  expiresAt: Date,
): Promise<boolean> {
  return await db.transaction().execute(async (trx) => {
    await keepSnapshot(trx, snapshot, expiresAt);
    return await changeRow(trx, claim, {
      happening: 'hand-off',
      detail: null,
      snapshotId: snapshot.id,
      messageId,
    });
  });
}
