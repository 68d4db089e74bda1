import { type Kysely, type RawBuilder, sql } from 'kysely';
import { upperLimits } from '../../../decide/assign.ts';
import type { Audience, Run } from '../../../run/ledger.ts';
import type { Schema } from '../schema.ts';
import { memberCondition } from '../select-members.ts';

/**
 * Writes a row for everyone the audience means now, with what is drawn for them; decide/assign.ts says the same of one
 * person at a time. Returns when the winner has to be named, ISO 8601, or null.
 */
export async function freezeAudience(
  db: Kysely<Schema>,
  run: Run,
  audience: Audience,
): Promise<string | null> {
  const { name, holdout, sample, variants } = run.campaign;
  const members =
    'rule' in audience
      ? memberCondition(audience.rule)
      : sql<boolean>`profiles.id = any(${[...audience.profileIds]}::uuid[])`;
  await sql`
    with drawn as (
      select id, external_id, lower(substring(email from '@([^@]+)$')) as domain,
        ${draw(`holdout/${name}`)} < ${holdout}::float8 as is_held_out,
        ${draw(`sample/${run.id}`)} >= ${sample?.share ?? 1}::float8 as is_rest,
        (${variants.map((it) => it.name)}::text[])[
          1 + width_bucket(${draw(`variant/${run.id}`)}, ${upperLimits(variants)}::float8[])] as variant
      from profiles where ${members}
    ), frozen as (
      insert into ledger (run_id, profile_id, domain, state, reason, phase, variant, next_at, ended_at)
      select ${run.id}::uuid, id, domain,
        case when is_held_out then 'skipped' else 'planned' end,
        case when is_held_out then 'holdout' end,
        case when is_held_out or ${sample === null} then null when is_rest then 'rest' else 'sample' end,
        case when not is_held_out and not is_rest then variant end,
        case when not is_held_out then now() end,
        case when is_held_out then now() end
      -- In the order in which an import locks people: neither waits for the other in a circle.
      from drawn order by external_id
      returning id, state, reason
    )
    insert into ledger_history (ledger_id, attempt, state, detail) select id, 0, state, reason from frozen`.execute(
    db,
  );
  if (sample === null) return null;
  const { decide_at } = await db
    .updateTable('runs')
    .set({ decide_at: sql`created_at + ${sample.decide_after_hours} * interval '1 hour'` })
    .where('id', '=', run.id)
    .returning('decide_at')
    .executeTakeFirstOrThrow();
  return decide_at?.toISOString() ?? null;
}

/** decide/draw.ts in SQL: 0 ≤ x < 1. */
function draw(seed: string): RawBuilder<number> {
  const hash = sql`sha256(convert_to(${`${seed}/`}::text || profiles.id::text, 'UTF8'))`;
  return sql`(('x' || encode(substr(${hash}, 1, 4), 'hex'))::bit(32)::bigint::float8 / 4294967296)`;
}
