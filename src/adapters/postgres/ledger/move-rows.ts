import { type Kysely, sql } from 'kysely';
import { type Happening, isEnded, sources, target } from '../../../run/transitions.ts';
import type { Schema } from '../schema.ts';
import { layMessages } from '../webhooks/lay-webhooks.ts';
import { inStates } from './in-states.ts';

/** Moves every row of a run that stands where it can happen, with a history line each; returns how many. Whoever held one no longer does. */
export async function moveRows(
  db: Kysely<Schema>,
  runId: string,
  happening: Extract<Happening, 'cancel' | 'resend' | 'assume' | 'retry'>,
): Promise<number> {
  const to = target(happening);
  const again = isEnded(to) ? sql`` : sql`, tries = 0, first_tried_at = null`;
  // Nothing of what failed is out: it is made anew. What may be out goes again as it was.
  const anew = happening === 'retry' ? sql`, snapshot_id = null, message_id = null` : sql``;
  const { rows } = await sql<{ count: string }>`
    with changed as (
      update ledger set
        state = ${to}, reason = ${happening}, attempt = attempt + 1,
        next_at = ${isEnded(to) ? sql`null` : sql`now()`}, ended_at = ${isEnded(to) ? sql`now()` : sql`null`} ${again} ${anew}
      where run_id = ${runId} and state in ${inStates(sources(happening))}
      returning id, run_id, profile_id, attempt, state, reason, variant
    ), noted as (
      insert into ledger_history (ledger_id, attempt, state, detail) select id, attempt, state, reason from changed
    ), told as (${isEnded(to) ? layMessages : sql`select`})
    select count(*) from changed`.execute(db);
  return Number(rows[0]?.count ?? 0);
}
