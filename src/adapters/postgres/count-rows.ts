import { sql } from 'kysely';
import type { Database } from './connect.ts';

export interface RowCounts {
  readonly ledger: Readonly<Record<string, number>>;
  readonly videos: Readonly<Record<string, number>>;
  /** Runs that have not ended. */
  readonly openRuns: number;
}

/** For the operator's gauges. Scans the ledger; ask every 15 seconds or less often. */
export async function countRows(db: Database): Promise<RowCounts> {
  const { rows } = await sql<{ what: string; state: string; count: string }>`
    select 'ledger' as what, state, count(*) from ledger group by state
    union all select 'videos', state, count(*) from video_jobs group by state
    union all select 'runs', 'open', count(*) from runs where completed_at is null and state <> 'cancelled'`.execute(
    db,
  );
  const of = (what: string) =>
    Object.fromEntries(rows.filter((row) => row.what === what).map((row) => [row.state, Number(row.count)]));
  return { ledger: of('ledger'), videos: of('videos'), openRuns: of('runs').open ?? 0 };
}
