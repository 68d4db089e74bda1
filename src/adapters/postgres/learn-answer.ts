import { sql } from 'kysely';
import type { Answer } from '../../answer/answer.ts';
import type { Database } from './connect.ts';
import { layEvents } from './webhooks/lay-webhooks.ts';

/** `again`: the same submission was learned before, and nothing is learned twice. `gone`: the person was erased meanwhile. */
export type Learned = 'new' | 'again' | 'gone';

/**
 * Keeps what somebody answered: events, facts and what is told of it, in one statement, so that there is never one without
 * the others. The profile is locked first, as erasing does; what is sent fifty times at once waits there in a row, and all
 * but the first find the first one's event. Answers are a person's own word, whatever their browser looks like: no machine.
 */
export async function learnAnswer(
  db: Database,
  about: { readonly profileId: string; readonly snapshotId: string; readonly at: Date },
  { facts, events }: Answer,
): Promise<Learned> {
  const { profileId, snapshotId, at } = about;
  const { rows } = await sql<{ found: boolean; isNew: boolean }>`
    with person as (
      select id from profiles where id = ${profileId}::uuid for no key update
    ), noted as (
      insert into events (key, snapshot_id, ledger_id, run_id, kind, machine, at, data)
      select it.key, snapshots.id, ledger.id, ledger.run_id, it.kind, false, ${at.toISOString()}::timestamptz, it.data::jsonb
      from person
        join snapshots on snapshots.id = ${snapshotId}::uuid and snapshots.profile_id = person.id
        left join ledger on ledger.snapshot_id = snapshots.id
        cross join unnest(
          ${events.map((it) => it.key)}::uuid[],
          ${events.map((it) => it.kind)}::text[],
          ${events.map((it) => JSON.stringify(it.data))}::text[]
        ) as it (key, kind, data)
      on conflict (key) do nothing
      returning ledger_id, kind, machine, at, data
    ), learned as (
      update profiles set facts = profiles.facts || ${JSON.stringify(facts)}::jsonb, updated_at = now()
      from person
      where profiles.id = person.id and exists (select from noted where kind = 'answer')
    ), told as (${layEvents})
    select
      exists (select from person) as found,
      exists (select from noted where kind = 'answer') as "isNew"`.execute(db);
  if (!rows[0]?.found) return 'gone';
  return rows[0].isNew ? 'new' : 'again';
}
