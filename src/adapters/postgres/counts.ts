// Enters: a database. Leaves: Counts, what reports and winners are made of. Never: a decision, or a person.
import { sql } from 'kysely';
import type { Counts } from '../../run/campaign/counts.ts';
import type { Database } from './connect.ts';
import { countVariants } from './count-variants.ts';
import { countFigures } from './figures/count-figures.ts';
import { findUndecided, isSampleOut } from './find-undecided.ts';

export function postgresCounts(db: Database): Counts {
  return {
    variants: (runId, options) => countVariants(db, runId, options),
    figures: (runId) => countFigures(db, runId),
    isSampleOut: (runId) => isSampleOut(db, runId),
    undecided: () => findUndecided(db),
    async converted(runId) {
      const { rows } = await sql<{ is_held_out: boolean; people: string }>`
        select ledger.state = 'skipped' and ledger.reason = 'holdout' as is_held_out, count(*) as people
        from (
          select distinct ledger_id from events
          where run_id = ${runId} and kind = 'conversion' and not machine and ledger_id is not null
        ) as did join ledger on ledger.id = did.ledger_id and ledger.run_id = ${runId}
        group by 1`.execute(db);
      const people = (isHeldOut: boolean) =>
        Number(rows.find((row) => row.is_held_out === isHeldOut)?.people ?? 0);
      return { heldOut: people(true), others: people(false) };
    },
    async decideAt(runId, at) {
      await db
        .updateTable('runs')
        .set({ decide_at: at })
        .where('id', '=', runId)
        .where('winner', 'is', null)
        .where('decide_at', 'is distinct from', at)
        .execute();
    },
    async decided(runId) {
      const row = await db
        .selectFrom('runs')
        .select(['decided_at', 'decision'])
        .where('id', '=', runId)
        .executeTakeFirst();
      return row?.decided_at ? { at: row.decided_at.toISOString(), decision: row.decision } : null;
    },
  };
}
