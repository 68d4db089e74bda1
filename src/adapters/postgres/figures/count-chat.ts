import { sql } from 'kysely';
import type { Cell, ChatCount } from '../../../measure/cell.ts';
import type { Database } from '../connect.ts';

export async function countChat(db: Database, runId: string): Promise<ChatCount[]> {
  const { rows } = await sql<
    Cell & { people: string; questions: string; unanswered: string; found: Record<string, number> | null }
  >`
    with asked as (
      select phase, variant, ledger_id, case when jsonb_typeof(data -> 'found') = 'string' then data ->> 'found' end as found
      from events join ledger on ledger.id = ledger_id
      where events.run_id = ${runId} and kind = 'chat' and not machine and ledger.run_id = ${runId} and state = 'accepted'
    ), each as (
      select phase, variant, found, count(*) as questions from asked where found is not null group by 1, 2, 3
      order by 4 desc limit 1000
    )
    select phase, variant, count(distinct ledger_id) as people, count(*) as questions, count(*) - count(found) as unanswered,
      (select jsonb_object_agg(each.found, each.questions) from each
        where each.variant is not distinct from asked.variant and each.phase is not distinct from asked.phase) as found
    from asked group by phase, variant`.execute(db);
  return rows.map((row) => ({
    ...row,
    people: Number(row.people),
    questions: Number(row.questions),
    unanswered: Number(row.unanswered),
    found: row.found ?? {},
  }));
}
