import { sql } from 'kysely';
import type { ArmCount, Cell, ValueCount } from '../../../measure/cell.ts';
import type { Database } from '../connect.ts';

/** Each conversion of the run with what it was worth; sums are numeric from here on, so no digit is lost. */
const toldIn = (runId: string) => sql`
  select ledger_id, at,
    case when jsonb_typeof(data -> 'value') = 'number' and data ->> 'currency' ~ '^[A-Z]{3}$' then data ->> 'currency' end as currency,
    case when jsonb_typeof(data -> 'value') = 'number' then (data -> 'value')::numeric end as value
  from events where run_id = ${runId} and kind = 'conversion' and not machine and ledger_id is not null`;

/** Since the person's message was out: what was bought before did not come of it. */
export async function countValues(db: Database, runId: string): Promise<ValueCount[]> {
  const { rows } = await sql<
    Cell & { whole: number; currency: string | null; people: string; conversions: string; sum: string | null }
  >`
    with told as (${toldIn(runId)})
    select phase, variant, grouping(currency) as whole, currency, count(distinct ledger_id) as people, count(*) as conversions,
      sum(value)::text as sum
    from told join ledger on ledger.id = ledger_id
    where ledger.run_id = ${runId} and state = 'accepted' and (first_tried_at is null or at >= first_tried_at)
    group by grouping sets ((phase, variant), (phase, variant, currency))`.execute(db);
  return rows
    .filter((row) => row.whole === 1 || row.currency !== null)
    .map(({ phase, variant, whole, currency, people, conversions, sum }) => ({
      phase,
      variant,
      currency,
      people: Number(people),
      conversions: Number(conversions),
      sum: whole === 1 ? null : sum,
    }));
}

/** Since the run's start, of everybody whom its audience meant. */
export async function countArms(db: Database, runId: string): Promise<ArmCount[]> {
  const { rows } = await sql<
    Omit<ArmCount, 'people' | 'conversions'> & { people: string; conversions: string }
  >`
    with told as (${toldIn(runId)}), each as (
      select ledger_id, currency, count(*) as conversions, sum(value) as sum
      from told where currency is not null group by ledger_id, currency
    )
    select state = 'skipped' and reason is not distinct from 'holdout' as "heldOut", currency, count(*) as people,
      sum(conversions) as conversions, sum(sum)::text as sum, sum(sum * sum)::text as squares
    from each join ledger on ledger.id = ledger_id and ledger.run_id = ${runId}
    group by 1, currency`.execute(db);
  return rows.map((row) => ({ ...row, people: Number(row.people), conversions: Number(row.conversions) }));
}
