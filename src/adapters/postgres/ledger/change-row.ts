import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Claim } from '../../../run/ledger.ts';
import { type Happening, isEnded, sources, target } from '../../../run/transitions.ts';
import { keepPlan } from '../keep-plan.ts';
import type { Schema } from '../schema.ts';
import { layMessages } from '../webhooks/lay-webhooks.ts';
import { inStates } from './in-states.ts';

interface Change {
  readonly happening: Happening;
  /** Why, in words or as a reason code; never an address or a name. */
  readonly detail: string;
  /** For what is put off: when it is due again. */
  readonly nextAt?: RawBuilder<Date>;
  /** What becomes of it instead in a run that was cancelled meanwhile; it is dropped, unless it may be out. */
  readonly orElse?: 'drop' | 'doubt';
}

/** What brings a row back: in a run that was cancelled meanwhile it ends instead. */
const comesBack: readonly Happening[] = ['release', 'postpone', 'stumble', 'defer'];

/**
 * Moves one row along the table of transitions and writes its history line in the same statement. Fenced: only the
 * attempt that holds the row can move it, so what a worker says that lost its lease changes nothing.
 */
export async function changeRow(
  db: Kysely<Schema>,
  claim: Pick<Claim, 'rowId' | 'runId' | 'attempt'>,
  change: Change,
): Promise<boolean> {
  const { happening, detail, nextAt = sql`now()`, orElse = 'drop' } = change;
  const to = target(happening);
  const isDropped = comesBack.includes(happening) ? sql`run.state = 'cancelled'` : sql`false`;
  const result = await sql<{ id: string }>`${keepPlan}
    with changed as (
      update ledger set
        state = case when ${isDropped} then ${target(orElse)} else ${to} end,
        reason = ${detail},
        next_at = case when not ${isDropped} and not ${isEnded(to)} then ${nextAt} end,
        lease_until = null,
        ${happening === 'stumble' ? sql`tries = tries + 1, first_tried_at = coalesce(first_tried_at, now()),` : sql``}
        ended_at = case when ${isDropped} or ${isEnded(to)} then now() end
      from (select state from runs where id = ${claim.runId}) as run
      where ledger.id = ${claim.rowId} and attempt = ${claim.attempt} and ledger.state in ${inStates(sources(happening))}
      returning ledger.id, run_id, profile_id, attempt, ledger.state, reason, variant
    ), told as (${isEnded(to) ? layMessages : sql`select`})
    insert into ledger_history (ledger_id, attempt, state, detail) select id, attempt, state, reason from changed
    returning ledger_id as id`.execute(db);
  return result.rows.length === 1;
}

export function inMs(delayMs: number): RawBuilder<Date> {
  return sql`now() + ${delayMs} * interval '1 millisecond'`;
}
