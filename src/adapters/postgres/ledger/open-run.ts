import { DearlyError } from '../../../errors.ts';
import type { Json } from '../../../profile/profile.ts';
import { canonicalJson } from '../../../render/canonical-json.ts';
import type { Audience, NewRun, Run } from '../../../run/ledger.ts';
import type { Database } from '../connect.ts';
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
  const [before, now] = [first.campaign, again.campaign].map(
    (campaign) => JSON.parse(JSON.stringify(campaign)) as Record<string, Json>,
  ) as [Record<string, Json>, Record<string, Json>];
  const fields = [...new Set([...Object.keys(before), ...Object.keys(now)])];
  const changed = fields.filter((it) => canonicalJson(before[it] ?? null) !== canonicalJson(now[it] ?? null));
  if (changed.length === 0) return;
  throw new DearlyError(
    'campaign-running',
    `${first.name} ${first.occurrence} is under way with another definition: ${changed.join(', ')}. Let it end or cancel it first.`,
    { details: changed.map((field) => `${field}: differs from what the run was started with`) },
  );
}
