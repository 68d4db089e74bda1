import { type Kysely, sql } from 'kysely';
import type { Event } from '../../track/event.ts';
import type { Schema } from './schema.ts';
import { layEvents } from './webhooks/lay-webhooks.ts';

/**
 * Keeps what happened, each event once by its key, in the order given. Run and row are looked up here, so that whoever saw the event need not
 * know them. Events of a snapshot that was erased meanwhile, or of a row that is gone, are dropped. Returns how many were new.
 */
export async function recordEvents(db: Kysely<Schema>, events: readonly Event[]): Promise<number> {
  if (events.length === 0) return 0;
  const all = <T>(pick: (it: Event) => T) => events.map(pick);
  const { rows } = await sql<{ count: string }>`
    with noted as (
      insert into events (key, snapshot_id, ledger_id, run_id, kind, machine, at, data)
      select it.key, coalesce(it.snapshot_id, ledger_row.snapshot_id), ledger_row.id, ledger_row.run_id,
        kind, machine, it.at, it.data::jsonb
      from unnest(
        ${all((it) => it.key)}::uuid[],
        ${all((it) => it.snapshotId)}::uuid[],
        ${all((it) => it.rowId ?? null)}::uuid[],
        ${all((it) => it.kind)}::text[],
        ${all((it) => it.machine)}::boolean[],
        ${all((it) => it.at)}::timestamptz[],
        ${all((it) => JSON.stringify(it.data))}::text[]
      ) with ordinality as it (key, snapshot_id, row_id, kind, machine, at, data, place)
      left join snapshots on snapshots.id = it.snapshot_id
      left join lateral (
        select id, run_id, snapshot_id from ledger
        where ledger.id = it.row_id or (it.row_id is null and ledger.snapshot_id = it.snapshot_id)
        limit 1
      ) as ledger_row on true
      where snapshots.id is not null or (it.snapshot_id is null and ledger_row.id is not null)
      order by place
      on conflict (key) do nothing
      returning ledger_id, kind, machine, at, data
    ), told as (${layEvents})
    select count(*) from noted`.execute(db);
  return Number(rows[0]?.count ?? 0);
}
