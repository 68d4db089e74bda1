import { sql } from 'kysely';
import type { NewRun, Run } from '../../../run/ledger.ts';
import type { Rule } from '../../../segment/rule.ts';
import type { Database } from '../connect.ts';
import { memberCondition } from '../select-members.ts';
import { toRun } from './to-run.ts';

type Audience = { readonly rule: Rule } | { readonly profileIds: readonly string[] };

/** Creates the run and freezes its audience in one transaction; a second start of the same occurrence finds the first. */
export async function openRun(
  db: Database,
  run: NewRun,
  audience: Audience,
): Promise<{ run: Run; isNew: boolean }> {
  return await db.transaction().execute(async (trx) => {
    const created = await trx
      .insertInto('runs')
      .values({
        kind: run.kind,
        name: run.name,
        occurrence: run.occurrence,
        campaign: JSON.stringify(run.campaign),
        state: 'running',
      })
      .onConflict((conflict) => conflict.columns(['kind', 'name', 'occurrence']).doNothing())
      .returningAll()
      .executeTakeFirst();
    if (created === undefined) {
      const found = await trx
        .selectFrom('runs')
        .selectAll()
        .where('kind', '=', run.kind)
        .where('name', '=', run.name)
        .where('occurrence', '=', run.occurrence)
        .executeTakeFirstOrThrow();
      return { run: toRun(found), isNew: false };
    }
    const members =
      'rule' in audience
        ? memberCondition(audience.rule)
        : sql<boolean>`profiles.id = any(${[...audience.profileIds]}::uuid[])`;
    await sql`
      with frozen as (
        insert into ledger (run_id, profile_id)
        select ${created.id}, profiles.id from profiles where ${members} order by profiles.external_id
        returning id
      )
      insert into ledger_history (ledger_id, attempt, state) select id, 0, 'planned' from frozen`.execute(
      trx,
    );
    return { run: toRun(created), isNew: true };
  });
}
