import { type Kysely, sql } from 'kysely';
import type { FrequencyCap } from '../../../decide/decide.ts';
import type { Snapshot } from '../../../merge/snapshot.ts';
import { hashAddress } from '../../../profile/address-hash.ts';
import type { Claim, HandOff } from '../../../run/ledger.ts';
import { sources, target } from '../../../run/transitions.ts';
import type { Database } from '../connect.ts';
import { countRecent } from '../count-recent.ts';
import { keepPlan } from '../keep-plan.ts';
import type { Schema } from '../schema.ts';
import { inStates } from './in-states.ts';

type Handing = readonly [claim: Claim, snapshot: Snapshot, messageId: string, expiresAt: Date];

export async function handOff(
  db: Database,
  secret: Buffer,
  handing: Handing,
  cap: FrequencyCap | undefined,
): Promise<HandOff> {
  if (cap === undefined) return await handOver(db, secret, ...handing);
  const [, { profileId }] = handing;
  return await db.transaction().execute(async (trx) => {
    // Campaigns that claimed somebody at the same time both saw room: here the second one sees what the first has done.
    await sql`select pg_advisory_xact_lock(hashtextextended(${`frequency-cap/${profileId}`}, 0))`.execute(
      trx,
    );
    const recent = (await countRecent(trx, [profileId], cap.days)).get(profileId) ?? 0;
    return recent >= cap.messages ? 'capped' : await handOver(trx, secret, ...handing);
  });
}

/**
 * Snapshot and state in one statement: a message can be out only when what it says is kept. The last look at what may have
 * changed since the claim is part of it: pause and cancel, an unsubscription, a complaint.
 */
async function handOver(
  db: Kysely<Schema>,
  secret: Buffer,
  claim: Claim,
  snapshot: Snapshot,
  messageId: string,
  expiresAt: Date,
): Promise<HandOff> {
  const { purpose } = snapshot;
  const addressHash = claim.profile?.email ? hashAddress(secret, claim.profile.email) : null;
  const { rows } = await sql<{ runs_on: boolean; is_refused: boolean }>`${keepPlan}
    with person as materialized (
      -- Person before row, as whoever erases the person locks them.
      select id, consents from profiles where id = ${snapshot.profileId}::uuid for key share
    ), held as (
      select ledger.id, runs.state = 'running' as runs_on,
        not coalesce((person.consents -> ${purpose} ->> 'granted')::boolean, ${purpose === 'service'})
        or exists (select from suppressions where address_hash = ${addressHash} and purpose in (${purpose}, '*'))
          as is_refused
      from ledger join runs on runs.id = ledger.run_id join person on person.id = ledger.profile_id
      where ledger.id = ${claim.rowId} and attempt = ${claim.attempt} and ledger.state in ${inStates(sources('hand-off'))}
      for update of ledger
    ), kept as (
      insert into snapshots (id, profile_id, pack_name, pack_version, body, made_at, expires_at)
      select ${snapshot.id}::uuid, ${snapshot.profileId}::uuid, ${snapshot.pack.name}, ${snapshot.pack.version},
        ${JSON.stringify(snapshot)}::json, ${snapshot.madeAt}::timestamptz, ${expiresAt}::timestamptz
      from held where runs_on and not is_refused
      on conflict (id) do nothing
    ), changed as (
      update ledger set
        state = ${target('hand-off')}, reason = null, tries = tries + 1, first_tried_at = coalesce(first_tried_at, now()),
        snapshot_id = ${snapshot.id}::uuid, message_id = ${messageId}, tracked = ${snapshot.tracking}, address_hash = ${addressHash},
        lease_until = now() + ${claim.leaseMs} * interval '1 millisecond'
      from held where ledger.id = held.id and runs_on and not is_refused
      returning ledger.id, attempt, state
    ), noted as (
      insert into ledger_history (ledger_id, attempt, state) select id, attempt, state from changed
    )
    select runs_on, is_refused from held`.execute(db);
  const [held] = rows;
  if (held === undefined) return 'lost';
  if (!held.runs_on) return 'stopped';
  return held.is_refused ? 'suppressed' : 'handed-over';
}
