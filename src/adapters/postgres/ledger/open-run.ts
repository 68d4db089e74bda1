import { sql } from 'kysely';
import { differingFields } from '../../../campaign/differing-fields.ts';
import { DearlyError } from '../../../errors.ts';
import type { Audience, NewRun, Run } from '../../../run/ledger.ts';
import type { Database } from '../connect.ts';
import { layRun } from '../webhooks/lay-webhooks.ts';
import { freezeAudience } from './freeze-audience.ts';
import { toRun } from './to-run.ts';

/** Creates the run and freezes its audience in one transaction; a second start of the same occurrence finds the first. */
export async function openRun(
  db: Database,
  run: NewRun,
  audience: Audience,
): Promise<{ run: Run; isNew: boolean }> {
  const { kind, name, occurrence, campaign } = run;
  return await db.transaction().execute(async (trx) => {
    // Whoever comes second waits here until the first has committed, or is gone without a trace.
    const created = await trx
      .insertInto('runs')
      .values({ kind, name, occurrence, campaign: JSON.stringify(campaign), state: 'running' })
      .onConflict((conflict) => conflict.columns(['kind', 'name', 'occurrence']).doNothing())
      .returningAll()
      .executeTakeFirst();
    if (created !== undefined) {
      const frozen = toRun(created);
      const decideAt = await freezeAudience(trx, frozen, audience);
      await sql`with changed as (select ${frozen.id}::uuid as id, null as reason) ${layRun('started')}`.execute(
        trx,
      );
      return { run: { ...frozen, decideAt }, isNew: true };
    }
    const found = await trx
      .selectFrom('runs')
      .selectAll()
      .where('kind', '=', kind)
      .where('name', '=', name)
      .where('occurrence', '=', occurrence)
      .executeTakeFirstOrThrow();
    const first = toRun(found);
    refuseEdit(first, run);
    return { run: first, isNew: false };
  });
}

/** @throws DearlyError `campaign-running` */
function refuseEdit(first: Run, again: NewRun): void {
  if (first.kind !== 'campaign' || first.endedAt !== null) return;
  const details = differingFields(first.campaign, again.campaign);
  if (details.length === 0) return;
  const title = `${first.name} ${first.occurrence}`;
  throw new DearlyError(
    'campaign-running',
    `${title} is under way with another definition. Let it end, or cancel it.`,
    { details },
  );
}
