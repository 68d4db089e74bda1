import { type RawBuilder, sql } from 'kysely';
import type { Database } from './connect.ts';

/** Whose links: those of one message, of all that one person has had, or of all that one run sent. */
export type WhichLinks =
  | { readonly snapshotId: string }
  | { readonly profileId: string }
  | { readonly runId: string };

/** The links of one message live and end together: they are one snapshot's. */
export interface MessageLinks {
  readonly snapshot: string;
  readonly pack: string;
  /** Null for a render that nobody was sent. */
  readonly campaign: string | null;
  readonly madeAt: string;
  readonly expiresAt: string;
  readonly revokedAt: string | null;
}

/** Newest first, at most so many; and how many there are in all. */
export async function listLinks(
  db: Database,
  which: WhichLinks,
  limit: number,
): Promise<{ readonly total: number; readonly links: readonly MessageLinks[] }> {
  const { rows } = await sql<{
    id: string;
    pack_name: string;
    campaign: string | null;
    made_at: Date;
    expires_at: Date;
    revoked_at: Date | null;
    total: string;
  }>`
    select snapshots.id, pack_name, made_at, expires_at, revoked_at, count(*) over () as total, (
      select runs.name from ledger join runs on runs.id = ledger.run_id where ledger.snapshot_id = snapshots.id limit 1
    ) as campaign
    from snapshots where ${of(which)} order by made_at desc, id limit ${limit}`.execute(db);
  const links = rows.map((row) => ({
    snapshot: row.id,
    pack: row.pack_name,
    campaign: row.campaign,
    madeAt: row.made_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    revokedAt: row.revoked_at?.toISOString() ?? null,
  }));
  return { total: Number(rows[0]?.total ?? 0), links };
}

/** Ends them now, for good; to whoever follows one it looks as if its time were over. Returns how many messages it ended the links of. */
export async function revokeLinks(db: Database, which: WhichLinks): Promise<number> {
  const { numAffectedRows } = await sql`
    update snapshots set revoked_at = now() where ${of(which)} and revoked_at is null`.execute(db);
  return Number(numAffectedRows ?? 0);
}

/** Lets them work until then, if they do not work longer already, and opens a gate that wrong answers closed; those that were revoked stay so. */
export async function extendLinks(db: Database, which: WhichLinks, until: Date): Promise<number> {
  const { numAffectedRows } = await sql`
    with reopened as (
      delete from gate_tries using snapshots
      where snapshots.id = gate_tries.snapshot_id and ${of(which)} and revoked_at is null returning snapshot_id
    )
    update snapshots set expires_at = greatest(expires_at, ${until}::timestamptz)
    where ${of(which)} and revoked_at is null
      and (expires_at < ${until}::timestamptz or id in (select snapshot_id from reopened))`.execute(db);
  return Number(numAffectedRows ?? 0);
}

function of(which: WhichLinks): RawBuilder<unknown> {
  if ('snapshotId' in which) return sql`snapshots.id = ${which.snapshotId}::uuid`;
  if ('profileId' in which) return sql`snapshots.profile_id = ${which.profileId}::uuid`;
  return sql`snapshots.id in (select snapshot_id from ledger where run_id = ${which.runId}::uuid)`;
}
