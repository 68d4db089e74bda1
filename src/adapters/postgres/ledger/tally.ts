import { sql } from 'kysely';
import type { Tally } from '../../../run/ledger.ts';
import { isEnded, type State } from '../../../run/transitions.ts';
import type { Database } from '../connect.ts';

/** Reads two indexes and no row. */
export async function tally(db: Database, runId: string): Promise<Tally> {
  const { rows } = await sql<{ state: State; skip_reason: string | null; count: string }>`
    select state, null as skip_reason, count(*) from ledger where run_id = ${runId} group by state
    union all
    select 'skipped', reason, count(*) from ledger
    where run_id = ${runId} and state = 'skipped' and reason is not null group by reason`.execute(db);
  const byState: Partial<Record<State, number>> = {};
  const skipped: Record<string, number> = {};
  let total = 0;
  let open = 0;
  for (const row of rows) {
    const count = Number(row.count);
    if (row.skip_reason !== null) {
      skipped[row.skip_reason] = count;
      continue;
    }
    byState[row.state] = count;
    total += count;
    if (!isEnded(row.state)) open += count;
  }
  return { total, byState, skipped, open };
}
