import { sql } from 'kysely';
import type { EventCount } from '../../measure/funnel.ts';
import type { Database } from './connect.ts';

/**
 * How many people of a run have an event of each kind: somebody who opens five times is one who opened. Counted by their
 * rows, which stay when somebody is erased.
 */
export async function countEvents(db: Database, runId: string): Promise<EventCount[]> {
  // Distinct first: a `count(distinct …)` sorts every event on disk.
  const { rows } = await sql<{ kind: string; machine: boolean; snapshots: string }>`
    select kind, machine, count(*) as snapshots
    from (select distinct kind, machine, ledger_id from events where run_id = ${runId} and ledger_id is not null) as did
    group by kind, machine order by kind, machine`.execute(db);
  return rows.map((row) => ({ ...row, snapshots: Number(row.snapshots) }));
}
