import { sql } from 'kysely';
import type { Cell, DeedCount } from '../../../measure/cell.ts';
import type { Database } from '../connect.ts';

/**
 * A person counts once for each deed, however often they did it. Rows that came back as bounced later are nobody's message,
 * hence no count. Counted by rows, which stay when somebody is erased; read from indexes alone.
 */
export async function countDeeds(db: Database, runId: string): Promise<DeedCount[]> {
  const { rows } = await sql<
    Cell & { deed: string; machine: boolean; tracked: boolean; mark: number | null; people: string }
  >`
    with each as (
      select kind, machine, ledger_id, max(mark) as mark from events
      where run_id = ${runId} and ledger_id is not null and kind in ('open', 'click', 'visit', 'video-start', 'video-progress',
        'interaction', 'form-start', 'chat', 'read', 'answer', 'unsubscribe', 'complaint')
      group by kind, machine, ledger_id
    ), did as (
      select kind as deed, machine, ledger_id, mark from each
      where kind not in ('video-start', 'video-progress', 'interaction', 'form-start', 'chat')
      union all
      select case when kind in ('video-start', 'video-progress') then 'video-start' else 'interaction' end, machine, ledger_id, max(mark)
      from each where kind in ('video-start', 'video-progress', 'interaction', 'form-start', 'chat') group by 1, 2, 3
    )
    select phase, variant, deed, machine, coalesce(tracked, false) as tracked, mark, count(*) as people
    from did join ledger on ledger.id = ledger_id and ledger.run_id = ${runId} and ledger.state = 'accepted'
    group by phase, variant, deed, machine, coalesce(tracked, false), mark`.execute(db);
  return rows.map((row) => ({ ...row, people: Number(row.people) }));
}
