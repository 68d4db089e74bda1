import { sql } from 'kysely';
import type { Tally } from '../../../run/ledger.ts';
import type { State } from '../../../run/transitions.ts';
import type { Database } from '../connect.ts';

export async function tally(db: Database, runId: string): Promise<Tally> {
  const { rows } = await sql<{ state: State; skip_reason: string | null; is_open: boolean; count: string }>`
    select state, case when state = 'skipped' then reason end as skip_reason, ended_at is null as is_open, count(*)
    from ledger where run_id = ${runId} group by 1, 2, 3`.execute(db);
  const byState: Partial<Record<State, number>> = {};
  const skipped: Record<string, number> = {};
  let total = 0;
  let open = 0;
  for (const row of rows) {
    const count = Number(row.count);
    total += count;
    if (row.is_open) open += count;
    byState[row.state] = (byState[row.state] ?? 0) + count;
    if (row.skip_reason !== null) skipped[row.skip_reason] = (skipped[row.skip_reason] ?? 0) + count;
  }
  return { total, byState, skipped, open };
}
