import { sql } from 'kysely';
import type { Snapshot } from '../../../merge/snapshot.ts';
import type { Claim } from '../../../run/ledger.ts';
import { sources } from '../../../run/transitions.ts';
import type { Database } from '../connect.ts';
import { findSuppressions } from '../find-suppressions.ts';
import { type ProfileRow, toProfile } from '../profile-row.ts';

interface Row {
  row_id: string;
  run_id: string;
  attempt: number;
  message_id: string | null;
  first_tried_at: Date;
  snapshot: Snapshot | null;
  profile: ProfileRow | null;
}

/**
 * Takes up to `limit` rows that are due, under a lease. SKIP LOCKED keeps workers out of each other's way; the check
 * of the run's state in the same statement means that after pause or cancel nothing more is claimed.
 */
export async function claimRows(
  db: Database,
  secret: Buffer,
  runId: string,
  options: { readonly limit: number; readonly leaseMs: number },
): Promise<Claim[]> {
  const { rows } = await sql<Row>`
    with due as (
      select ledger.id from ledger join runs on runs.id = ledger.run_id
      where ledger.run_id = ${runId} and runs.state = 'running' and ledger.ended_at is null
        and ledger.state = any(${sources('claim')}) and (ledger.next_at is null or ledger.next_at <= now())
      order by ledger.next_at nulls first, ledger.id
      limit ${options.limit}
      for update of ledger skip locked
    ), claimed as (
      update ledger set
        state = 'claimed', attempt = attempt + 1, next_at = null,
        lease_until = now() + ${options.leaseMs} * interval '1 millisecond',
        first_tried_at = coalesce(first_tried_at, now())
      from due where ledger.id = due.id
      returning ledger.*
    ), noted as (
      insert into ledger_history (ledger_id, attempt, state) select id, attempt, state from claimed
    )
    select claimed.id as row_id, claimed.run_id, claimed.attempt, claimed.message_id, claimed.first_tried_at,
      snapshots.body as snapshot, to_jsonb(profiles) as profile
    from claimed
      left join profiles on profiles.id = claimed.profile_id
      left join snapshots on snapshots.id = claimed.snapshot_id`.execute(db);
  const addresses = new Set(rows.flatMap(({ profile }) => profile?.email ?? []));
  const suppressed = await findSuppressions(db, secret, [...addresses]);
  return rows.map((row) => ({
    rowId: row.row_id,
    runId: row.run_id,
    attempt: row.attempt,
    profile: row.profile && toProfile(row.profile),
    suppressed: suppressed.get(row.profile?.email ?? '') ?? [],
    messageId: row.message_id,
    snapshot: row.snapshot,
    firstTriedAt: row.first_tried_at.toISOString(),
  }));
}
