import { sql } from 'kysely';
import type { Event } from '../../track/event.ts';
import type { Database } from './connect.ts';

/**
 * Keeps what happened, each event once by its key. The run is looked up here, so that whoever saw the event need not
 * know it. Events of a snapshot that was erased meanwhile are dropped. Returns how many were new.
 */
export async function recordEvents(db: Database, events: readonly Event[]): Promise<number> {
  if (events.length === 0) return 0;
  const all = <T>(pick: (it: Event) => T) => events.map(pick);
  const { numAffectedRows } = await sql`
    insert into events (key, snapshot_id, run_id, kind, machine, at, data)
    select it.key, it.snapshot_id,
      (select run_id from ledger where ledger.snapshot_id = it.snapshot_id limit 1), kind, machine, it.at, it.data::jsonb
    from unnest(
      ${all((it) => it.key)}::uuid[],
      ${all((it) => it.snapshotId)}::uuid[],
      ${all((it) => it.kind)}::text[],
      ${all((it) => it.machine)}::boolean[],
      ${all((it) => it.at)}::timestamptz[],
      ${all((it) => JSON.stringify(it.data))}::text[]
    ) as it (key, snapshot_id, kind, machine, at, data)
    join snapshots on snapshots.id = it.snapshot_id
    on conflict (key) do nothing`.execute(db);
  return Number(numAffectedRows ?? 0);
}
