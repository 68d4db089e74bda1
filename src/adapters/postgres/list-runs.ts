import { sql } from 'kysely';
import type { Run } from '../../run/ledger.ts';
import { openStates } from '../../run/transitions.ts';
import type { Database } from './connect.ts';
import { inStates } from './ledger/in-states.ts';

export interface ListedRun extends Pick<Run, 'id' | 'name' | 'occurrence' | 'state' | 'createdAt'> {
  readonly total: number;
  readonly accepted: number;
  readonly open: number;
}

/** Campaigns' runs, the newest first; `before` is the last one of the page before. Counts come from an index alone. */
export async function listRuns(db: Database, limit: number, before?: string): Promise<readonly ListedRun[]> {
  const { rows } = await sql<Omit<ListedRun, 'createdAt'> & { created_at: Date }>`
    select id, name, occurrence, state, created_at, counted.total::int, counted.accepted::int, counted.open::int
    from (
      select * from runs where kind = 'campaign' and (${before ?? null}::uuid is null
        or (created_at, id) < (select created_at, id from runs where id = ${before ?? null}::uuid))
      order by created_at desc, id desc limit ${limit}
    ) newest,
      lateral (
        select count(*) as total, count(*) filter (where ledger.state = 'accepted') as accepted,
          count(*) filter (where ledger.state in ${inStates(openStates)}) as open
        from ledger where run_id = newest.id
      ) counted
    order by created_at desc, id desc`.execute(db);
  return rows.map(({ created_at, ...rest }) => ({ ...rest, createdAt: created_at.toISOString() }));
}
