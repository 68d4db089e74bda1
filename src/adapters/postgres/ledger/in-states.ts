import { type RawBuilder, sql } from 'kysely';
import type { State } from '../../../run/transitions.ts';

/** `('planned', 'deferred')`, written out: only so can PostgreSQL tell that a partial index holds all of them. */
export function inStates(states: readonly State[]): RawBuilder<unknown> {
  return sql`(${sql.join(states.map((state) => sql.lit(state)))})`;
}
