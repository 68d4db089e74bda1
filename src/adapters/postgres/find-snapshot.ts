import { sql } from 'kysely';
import type { GivenAnswers } from '../../merge/given-answers.ts';
import type { Snapshot } from '../../merge/snapshot.ts';
import { type Consents, isConsented, type Json } from '../../profile/profile.ts';
import { askTogether } from './ask-together.ts';
import type { Database } from './connect.ts';
import { keepPlan } from './keep-plan.ts';
import { type KeptBodies, keepBodies } from './kept-bodies.ts';

/** A snapshot with what the world around it says of its links. */
export interface FoundSnapshot {
  readonly snapshot: Snapshot;
  /** Past its date, or revoked. */
  readonly isOver: boolean;
  /** Whether the person agrees to be counted now; what the snapshot says is how it was when it was made. Never in a proof. */
  readonly counts: boolean;
  /** What its person says yes and no to, now. */
  readonly consents: Consents;
  /** What was answered behind its links, the latest by form. */
  readonly answers: GivenAnswers;
  /** When the mail server took the message, now while it is being handed over; null where none was sent (yet). */
  readonly acceptedAt: Date | null;
}

interface Row {
  readonly id: string;
  readonly body: string | null;
  readonly expires_at: Date;
  readonly revoked_at: Date | null;
  readonly state: string | null;
  readonly ended_at: Date | null;
  readonly consents: Consents;
  readonly answers: readonly Answered[] | null;
}

interface Answered {
  /** In milliseconds since 1970. */
  readonly at: number;
  readonly data: Readonly<Record<string, Json>>;
}

/**
 * Null where there is none (any more). Every hit on a link asks this. All that can change is asked each time; the body never
 * changes, so of a message that was seen more than once it is left where it is.
 */
export async function findSnapshot(db: Database, id: string, now: Date): Promise<FoundSnapshot | null> {
  const { kept, ask } = lookUpsOf(db);
  const row = await ask(id);
  if (row === undefined) {
    kept.forget(id);
    return null;
  }
  const snapshot = kept.get(id) ?? kept.keep(id, row.body ?? (await bodyOf(db, id)));
  if (snapshot === null) return null;
  return {
    snapshot,
    isOver: row.revoked_at !== null || row.expires_at <= now,
    consents: row.consents,
    answers: row.answers === null ? noAnswers : latestOf(row.answers),
    counts: !snapshot.proof && isConsented(row.consents, 'tracking'),
    acceptedAt: row.state === 'accepted' ? row.ended_at : row.state === 'handoff' ? now : null,
  };
}

/** Of answers to one message. Who answers one form more often than that is shown their answers to others no more. */
const mostRead = 50;
const noAnswers: GivenAnswers = {};

function latestOf(answers: readonly Answered[]): GivenAnswers {
  return Object.fromEntries(
    answers.map(({ at, data: { form, ...values } }) => [
      String(form),
      { at: new Date(at).toISOString(), values },
    ]),
  );
}

interface LookUps {
  readonly kept: KeptBodies;
  readonly ask: (id: string) => Promise<Row | undefined>;
}

const lookUps = new WeakMap<Database, LookUps>();

function lookUpsOf(db: Database): LookUps {
  const known = lookUps.get(db);
  if (known !== undefined) return known;
  const kept = keepBodies();
  const made = { kept, ask: askTogether((ids: readonly string[]) => findRows(db, ids, kept)) };
  lookUps.set(db, made);
  return made;
}

async function findRows(db: Database, ids: readonly string[], kept: KeptBodies): Promise<Map<string, Row>> {
  const unknown = ids.filter((id) => kept.get(id) === undefined);
  const { rows } = await sql<Row>`${keepPlan}
    select snapshots.id, case when snapshots.id = any(${unknown}::uuid[]) then snapshots.body::text end as body,
      snapshots.expires_at, snapshots.revoked_at, ledger.state, ledger.ended_at, profiles.consents, (
        select json_agg(json_build_object('at', extract(epoch from at) * 1000, 'data', data) order by id) from (
          select id, at, data from events where snapshot_id = snapshots.id and kind = 'answer' order by id desc limit ${mostRead}
        ) as latest
      ) as answers
    from snapshots
    join profiles on profiles.id = snapshots.profile_id
    left join ledger on ledger.snapshot_id = snapshots.id
    where snapshots.id = any(${ids}::uuid[])`.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}

/** For the one that was let go while its row was asked for. */
async function bodyOf(db: Database, id: string): Promise<string | null> {
  const { rows } = await sql<{ body: string }>`
    select body::text as body from snapshots where id = ${id}`.execute(db);
  return rows[0]?.body ?? null;
}
