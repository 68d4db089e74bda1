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

interface Options {
  readonly limit: number;
  readonly leaseMs: number;
}

/** Takes up to `limit` rows that are due, under a lease. */
export async function claimRows(
  db: Database,
  secret: Buffer,
  runId: string,
  options: Options,
): Promise<Claim[]> {
  let taken = await takeRows(db, runId, options);
  // Those of paused domains are out of the way now: there may be others behind them.
  while (taken.rows.length === 0 && taken.setAside > 0) taken = await takeRows(db, runId, options);
  const { rows } = taken;
  const addresses = new Set(rows.flatMap(({ profile }) => profile?.email ?? []));
  const suppressed = await findSuppressions(db, secret, [...addresses]);
  return rows.map((row) => ({
    rowId: row.row_id,
    runId: row.run_id,
    attempt: row.attempt,
    leaseMs: options.leaseMs,
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

/**
 * SKIP LOCKED keeps workers out of each other's way; the check of the run's state in the same statement means that after
 * pause or cancel nothing more is claimed. What is due but goes to a paused domain is put at the pause's end, each row once
 * per pause: skipping it instead would mean to meet it again at each claim, and a domain can be half of a campaign.
 */
async function takeRows(
  db: Database,
  runId: string,
  { limit, leaseMs }: Options,
): Promise<{ rows: Row[]; setAside: number }> {
  const claimable = inStates(sources('claim'));
  const { rows } = await sql<(Row | { row_id: null }) & { set_aside: string }>`
    with run as materialized (
      select id, kind, name, occurrence, winner, created_at, (campaign -> 'frequency_cap' ->> 'days')::integer as cap_days
      from runs where id = ${runId} and state = 'running'
        and not exists (select from domain_pauses where domain = '*' and until > now())
    ), soon as (
      select id, domain from ledger
      where run_id = (select id from run) and state in ${claimable} and phase is distinct from 'rest' and next_at <= now()
      order by next_at, id limit ${limit} for update skip locked
    ), rest as (
      select id, domain from ledger
      where run_id = (select id from run where winner is not null)
        and state in ${claimable} and phase = 'rest' and next_at <= now()
      order by next_at, id limit ${limit} - (select count(*) from soon) for update skip locked
    ), due as materialized (
      select found.id, until from (select * from soon union all select * from rest) as found
        left join domain_pauses on domain_pauses.domain = found.domain and until > now()
    ), aside as (
      update ledger set next_at = until from due where ledger.id = due.id and until is not null returning ledger.id
    ), claimed as (
      update ledger set
        state = 'claimed', attempt = attempt + 1, next_at = null,
        lease_until = now() + ${leaseMs} * interval '1 millisecond',
        variant = coalesce(variant, run.winner)
      from run, due where ledger.id = due.id and until is null
      returning ledger.*
    ), noted as (
      insert into ledger_history (ledger_id, attempt, state) select id, attempt, state from claimed
    )
    select claimed.id as row_id, claimed.run_id, attempt, tries, variant, domain, message_id, first_tried_at,
      run.created_at as run_started_at, snapshots.body as snapshot, to_jsonb(profiles) || case when brought.data is null then '{}' else
        jsonb_build_object('facts', profiles.facts || brought.data) end as profile,
      case when run.cap_days is null then 0 else (
        select count(*) from ledger as other join runs on runs.id = other.run_id
        where other.profile_id = claimed.profile_id and other.id <> claimed.id
          and runs.kind in ('campaign', 'trigger') and other.state in ('handoff', 'accepted', 'unknown')
          and other.first_tried_at > now() - run.cap_days * interval '1 day'
      ) end as recent_messages, set_aside
    from (select count(*) as set_aside from aside) as count
      left join claimed on true
      left join run on true
      left join profiles on profiles.id = claimed.profile_id
      left join snapshots on snapshots.id = claimed.snapshot_id
      -- What a trigger's event brought along lies on top of what is known of the person, for this message alone.
      left join trigger_events as brought on run.kind = 'trigger' and brought.trigger = run.name
        and brought.event_id = run.occurrence and brought.profile_id = claimed.profile_id`.execute(db);
  return {
    rows: rows.filter((row) => row.row_id !== null),
    setAside: Number(rows[0]?.set_aside ?? 0),
  };
}
