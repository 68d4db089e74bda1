import { sql } from 'kysely';
import type { Cell, SentCount } from '../../../measure/cell.ts';
import type { Database } from '../connect.ts';

/**
 * Rows that a mail server was handed, by what became of them. The accepted are read from an index alone; of the others only
 * those are looked at that had trouble.
 */
export async function countSent(db: Database, runId: string): Promise<SentCount[]> {
  const { rows } = await sql<Cell & { state: string; people: string; tracked: string }>`
    select phase, variant, 'accepted' as state, count(*) as people, count(*) filter (where tracked) as tracked
    from ledger where run_id = ${runId} and state = 'accepted' group by phase, variant
    union all
    select phase, variant, state, count(*), count(*) filter (where tracked)
    from ledger
    where run_id = ${runId} and state in ('handoff', 'deferred', 'unknown', 'bounced', 'failed') and first_tried_at is not null
    group by phase, variant, state`.execute(db);
  return rows.map((row) => ({ ...row, people: Number(row.people), tracked: Number(row.tracked) }));
}
