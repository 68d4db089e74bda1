import type { Snapshot } from '../../merge/snapshot.ts';
import { isConsented } from '../../profile/profile.ts';
import type { Database } from './connect.ts';

/** A snapshot with what the world around it says of its links. */
export interface FoundSnapshot {
  readonly snapshot: Snapshot;
  /** Past its date, or revoked. */
  readonly isOver: boolean;
  /** Whether the person agrees to be counted now; what the snapshot says is how it was when it was made. */
  readonly counts: boolean;
  /** When the mail server took the message, now while it is being handed over; null where none was sent (yet). */
  readonly acceptedAt: Date | null;
}

/** Null where there is none (any more). One query: every hit on a link asks this. */
export async function findSnapshot(db: Database, id: string, now: Date): Promise<FoundSnapshot | null> {
  const row = await db
    .selectFrom('snapshots')
    .leftJoin('ledger', 'ledger.snapshot_id', 'snapshots.id')
    .select(['snapshots.body', 'snapshots.expires_at', 'snapshots.revoked_at'])
    .innerJoin('profiles', 'profiles.id', 'snapshots.profile_id')
    .select(['ledger.state', 'ledger.ended_at', 'profiles.consents'])
    .where('snapshots.id', '=', id)
    .executeTakeFirst();
  if (!row) return null;
  return {
    snapshot: row.body,
    isOver: row.revoked_at !== null || row.expires_at <= now,
    counts: isConsented(row.consents, 'tracking'),
    acceptedAt: row.state === 'accepted' ? row.ended_at : row.state === 'handoff' ? now : null,
  };
}
