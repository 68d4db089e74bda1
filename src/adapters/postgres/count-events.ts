import type { EventCount } from '../../measure/funnel.ts';
import type { Database } from './connect.ts';

/**
 * How many people of a run have an event of each kind: somebody who opens five times is one who opened. Counted by their
 * rows, which stay when somebody is erased.
 */
export async function countEvents(db: Database, runId: string): Promise<EventCount[]> {
  const rows = await db
    .selectFrom('events')
    .select(['kind', 'machine'])
    .select((it) => it.fn.count<string>('ledger_id').distinct().as('snapshots'))
    .where('run_id', '=', runId)
    .groupBy(['kind', 'machine'])
    .orderBy('kind')
    .execute();
  return rows.map((row) => ({ ...row, snapshots: Number(row.snapshots) }));
}
