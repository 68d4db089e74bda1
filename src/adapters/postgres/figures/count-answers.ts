import { sql } from 'kysely';
import type { AnswerCount, Cell } from '../../../measure/cell.ts';
import type { Json } from '../../../profile/profile.ts';
import type { Database } from '../connect.ts';

/**
 * Each person's last answer to each form. Whole numbers from 0 to 10 and choices are told one by one, other numbers (a
 * meter's reading) only counted. The field '' stands for the answer itself.
 */
export async function countAnswers(db: Database, runId: string): Promise<AnswerCount[]> {
  const { rows } = await sql<Cell & { form: string; field: string; value: Json; people: string }>`
    with last as (
      select distinct on (ledger_id, data ->> 'form') ledger_id, data ->> 'form' as form, data from events
      where run_id = ${runId} and kind = 'answer' and not machine and ledger_id is not null and data ->> 'form' is not null
      order by ledger_id, data ->> 'form', at desc, id desc
    ), told as (
      select ledger_id, form, '' as field, null::jsonb as value from last
      union all
      select ledger_id, form, key, case
        when jsonb_typeof(field.value) in ('string', 'boolean') then field.value
        when jsonb_typeof(field.value) = 'number' then
          case when field.value <@ '[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]' then field.value end
        end
      from last, jsonb_each(data) as field where key <> 'form'
    )
    select phase, variant, form, field, value, count(*) as people
    from told join ledger on ledger.id = ledger_id and ledger.run_id = ${runId} and ledger.state = 'accepted'
    group by phase, variant, form, field, value
    order by people desc limit 5000`.execute(db);
  return rows.map(({ value, people, ...row }) => ({
    ...row,
    value: value !== null && typeof value === 'object' ? null : value,
    people: Number(people),
  }));
}
