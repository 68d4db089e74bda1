import { sql } from 'kysely';
import type { VariantTally } from '../../run/campaign/counts.ts';
import type { Database } from './connect.ts';

interface Options {
  readonly phase?: 'sample';
  readonly until?: Date;
}

/** A person counts once, however often they clicked. Rows that came back as bounced later are nobody's message, hence no count. */
export async function countVariants(
  db: Database,
  runId: string,
  { phase, until }: Options = {},
): Promise<VariantTally[]> {
  const inPhase = phase === undefined ? sql`true` : sql`ledger.phase = ${phase}`;
  const { rows } = await sql<{
    variant: string;
    phase: VariantTally['phase'];
    accepted: string;
    trackable: string;
    clicked: string | null;
    converted: string | null;
  }>`
    with reached as (
      select phase, variant, count(*) as accepted, count(*) filter (where tracked) as trackable
      from ledger where run_id = ${runId} and state = 'accepted' and variant is not null and ${inPhase}
      group by phase, variant
    ), did as (
      select kind, ledger_id, max(at) as at from events
      where run_id = ${runId} and kind in ('click', 'conversion') and not machine and ledger_id is not null
        and at <= ${until ?? 'infinity'}
      group by kind, ledger_id
    ), hit as (
      select phase, variant, count(*) filter (where kind = 'click' and tracked) as clicked,
        -- What was bought before the message was out did not come of it.
        count(*) filter (where kind = 'conversion' and (first_tried_at is null or at >= first_tried_at)) as converted
      from did join ledger on ledger.id = did.ledger_id
      where ledger.run_id = ${runId} and state = 'accepted' and ${inPhase}
      group by phase, variant
    )
    select reached.*, clicked, converted
    from reached left join hit on hit.variant = reached.variant and hit.phase is not distinct from reached.phase
    order by reached.phase, reached.variant`.execute(db);
  return rows.map((row) => ({
    variant: row.variant,
    phase: row.phase,
    accepted: Number(row.accepted),
    trackable: Number(row.trackable),
    clicked: Number(row.clicked ?? 0),
    converted: Number(row.converted ?? 0),
  }));
}
