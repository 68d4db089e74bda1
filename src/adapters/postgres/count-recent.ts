import { type Kysely, sql } from 'kysely';
import type { Schema } from './schema.ts';

/** Messages of campaigns and triggers that these people were sent within so many days; nobody who was sent none is named. */
export async function countRecent(
  db: Kysely<Schema>,
  profileIds: readonly string[],
  days: number,
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ id: string; count: string }>`
    select ledger.profile_id as id, count(*) from ledger join runs on runs.id = ledger.run_id
    where ledger.profile_id = any(${[...profileIds]}::uuid[]) and runs.kind in ('campaign', 'trigger')
      and ledger.state in ('handoff', 'accepted', 'unknown')
      and ledger.first_tried_at > now() - ${days} * interval '1 day'
    group by 1`.execute(db);
  return new Map(rows.map(({ id, count }) => [id, Number(count)]));
}
