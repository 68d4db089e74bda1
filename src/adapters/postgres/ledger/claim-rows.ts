import { sql } from 'kysely';
import type { Snapshot } from '../../../merge/snapshot.ts';
import type { Claim } from '../../../run/ledger.ts';
import { sources } from '../../../run/transitions.ts';
import type { Database } from '../connect.ts';
import { findSuppressions } from '../find-suppressions.ts';
import { type ProfileRow, toProfile } from '../profile-row.ts';
import { inStates } from './in-states.ts';

interface Row {
  row_id: string;
  run_id: string;
  attempt: number;
  tries: number;
  variant: string | null;
  domain: string | null;
  recent_messages: string;
  message_id: string | null;
  first_tried_at: Date | null;
  run_started_at: Date;
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
  { limit, leaseMs }: { readonly limit: number; readonly leaseMs: number },
): Promise<Claim[]> {
  const claimable = inStates(sources('claim'));
  const { rows } = await sql<Row>`
    with run as materialized (
      select id, winner, created_at, (campaign -> 'frequency_cap' ->> 'days')::integer as cap_days
      from runs where id = ${runId} and state = 'running'
    ), soon as (
      select id from ledger
      where run_id = (select id from run) and state in ${claimable} and phase is distinct from 'rest' and next_at <= now()
      order by next_at, id limit ${limit} for update skip locked
    ), rest as (
      select id from ledger
      where run_id = (select id from run where winner is not null)
        and state in ${claimable} and phase = 'rest' and next_at <= now()
      order by next_at, id limit ${limit} - (select count(*) from soon) for update skip locked
    ), claimed as (
      update ledger set
        state = 'claimed', attempt = attempt + 1, next_at = null,
        lease_until = now() + ${leaseMs} * interval '1 millisecond',
        variant = coalesce(variant, run.winner)
      from run, (select id from soon union all select id from rest) as due
      where ledger.id = due.id
      returning ledger.*
    ), noted as (
      insert into ledger_history (ledger_id, attempt, state) select id, attempt, state from claimed
    )
    select claimed.id as row_id, claimed.run_id, attempt, tries, variant, domain, message_id, first_tried_at,
      run.created_at as run_started_at, snapshots.body as snapshot, to_jsonb(profiles) as profile,
      case when run.cap_days is null then 0 else (
        select count(*) from ledger as other join runs on runs.id = other.run_id
        where other.profile_id = claimed.profile_id and other.id <> claimed.id
          and runs.kind in ('campaign', 'trigger') and other.state in ('handoff', 'accepted', 'unknown')
          and other.first_tried_at > now() - run.cap_days * interval '1 day'
      ) end as recent_messages
    from run, claimed
      left join profiles on profiles.id = claimed.profile_id
      left join snapshots on snapshots.id = claimed.snapshot_id`.execute(db);
  const addresses = new Set(rows.flatMap(({ profile }) => profile?.email ?? []));
  const suppressed = await findSuppressions(db, secret, [...addresses]);
  return rows.map((row) => ({
    rowId: row.row_id,
    runId: row.run_id,
    attempt: row.attempt,
    leaseMs,
    tries: row.tries,
    profile: row.profile && toProfile(row.profile),
    suppressed: suppressed.get(row.profile?.email ?? '') ?? [],
    variant: row.variant,
    domain: row.domain,
    recentMessages: Number(row.recent_messages),
    messageId: row.message_id,
    snapshot: row.snapshot,
    firstTriedAt: row.first_tried_at?.toISOString() ?? null,
    runStartedAt: row.run_started_at.toISOString(),
  }));
}
