import type { Snapshot } from '../../merge/snapshot.ts';
import type { Database } from './connect.ts';

export interface AcceptedMessage {
  /** Without angle brackets. */
  readonly messageId: string;
  readonly externalId: string;
  readonly firstName: string;
  readonly snapshot: Snapshot;
}

/** Every message of a run that a mail server took and whose person is still known, by customer number. */
export async function acceptedMessages(db: Database, runId: string): Promise<AcceptedMessage[]> {
  const rows = await db
    .selectFrom('ledger')
    .innerJoin('profiles', 'profiles.id', 'ledger.profile_id')
    .innerJoin('snapshots', 'snapshots.id', 'ledger.snapshot_id')
    .select(['ledger.message_id', 'profiles.external_id', 'profiles.first_name', 'snapshots.body'])
    .where('ledger.run_id', '=', runId)
    .where('ledger.state', '=', 'accepted')
    .orderBy('profiles.external_id')
    .execute();
  return rows.map((row) => ({
    messageId: row.message_id ?? '',
    externalId: row.external_id,
    firstName: row.first_name,
    snapshot: row.body,
  }));
}
