import { sql } from 'kysely';
import type { Run } from '../../run/ledger.ts';
import type { Database } from './connect.ts';

export interface ListedRun extends Pick<Run, 'id' | 'name' | 'occurrence' | 'state' | 'createdAt'> {
  readonly total: number;
  readonly accepted: number;
  readonly open: number;
}

/** Campaigns' runs, the newest first. */
export async function listRuns(db: Database, limit: number): Promise<readonly ListedRun[]> {
  const { rows } = await sql<Omit<ListedRun, 'createdAt'> & { created_at: Date }>`
    select id, name, occurrence, state, created_at, counted.total::int, counted.accepted::int, counted.open::int
    from (select * from runs where kind = 'campaign' order by created_at desc limit ${limit}) newest,
      lateral (
        select count(*) as total, count(*) filter (where ledger.state = 'accepted') as accepted,
          count(*) filter (where ledger.ended_at is null) as open
        from ledger where run_id = newest.id
      ) counted
    order by created_at desc`.execute(db);
  return rows.map(({ created_at, ...rest }) => ({ ...rest, createdAt: created_at.toISOString() }));
}
