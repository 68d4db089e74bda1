import type { Snapshot } from '../../merge/snapshot.ts';
import type { Database } from './connect.ts';

/** A snapshot with what the world around it says of its links. */
export interface FoundSnapshot {
  readonly snapshot: Snapshot;
  /** Past its date, or revoked. */
  readonly isOver: boolean;
  /** When the mail server took the message; null where none was sent (yet). */
  readonly acceptedAt: Date | null;
}

/** Null where there is none (any more). One query: every hit on a link asks this. */
export async function findSnapshot(db: Database, id: string, now: Date): Promise<FoundSnapshot | null> {
  const row = await db
    .selectFrom('snapshots')
    .leftJoin('ledger', 'ledger.snapshot_id', 'snapshots.id')
    .select(['snapshots.body', 'snapshots.expires_at', 'snapshots.revoked_at'])
    .select(['ledger.state', 'ledger.ended_at'])
    .where('snapshots.id', '=', id)
    .executeTakeFirst();
  if (!row) return null;
  return {
    snapshot: row.body,
    isOver: row.revoked_at !== null || row.expires_at <= now,
    acceptedAt: row.state === 'accepted' ? row.ended_at : null,
  };
}
