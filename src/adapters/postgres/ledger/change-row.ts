import { type Kysely, sql } from 'kysely';
import type { Claim } from '../../../run/ledger.ts';
import { type Happening, isEnded, sources, target } from '../../../run/transitions.ts';
import type { Schema } from '../schema.ts';

interface Change {
  readonly happening: Happening;
  /** Why, in words or as a reason code; never an address or a name. */
  readonly detail: string | null;
  readonly snapshotId?: string;
  readonly messageId?: string;
  /** For `defer`: when it is due again. */
  readonly retryAfterMs?: number;
}

/**
 * Moves one row along the table of transitions and writes its history line in the same statement. Fenced: only the
 * attempt that holds the row can move it, so a worker that lost its lease gets false and must not send.
 */
export async function changeRow(db: Kysely<Schema>, claim: Claim, change: Change): Promise<boolean> {
  const to = target(change.happening);
  const nextAt =
    change.retryAfterMs === undefined
      ? sql`null`
      : sql`now() + ${change.retryAfterMs} * interval '1 millisecond'`;
  // Only a row in handoff keeps its lease: when that runs out the row is in doubt.
  const lease = to === 'handoff' ? sql`lease_until` : sql`null`;
  const result = await sql<{ id: string }>`
    with changed as (
      update ledger set
        state = ${to},
        reason = ${change.detail},
        snapshot_id = coalesce(${change.snapshotId ?? null}::uuid, snapshot_id),
        message_id = coalesce(${change.messageId ?? null}::text, message_id),
        next_at = ${nextAt},
        lease_until = ${lease},
        ended_at = ${isEnded(to) ? sql`now()` : sql`null`}
      where id = ${claim.rowId} and attempt = ${claim.attempt} and state = any(${sources(change.happening)})
      returning id, attempt, state
    )
    insert into ledger_history (ledger_id, attempt, state, detail)
    select id, attempt, state, ${change.detail}::text from changed
    returning ledger_id as id`.execute(db);
  return result.rows.length === 1;
}
