import { sql } from 'kysely';
import type { Database } from './connect.ts';

/** So many in a row, then a wait that doubles each time. */
const triesPerLock = 5;
const firstLockMinutes = 15;
/** Wrong answers in a message's whole life; then only the operator opens it again (`dearly link extend`). */
const mostTries = 20;

export type GateTry =
  /** Answer now; the try is already counted. `left`: more before the next wait. */
  | { readonly kind: 'granted'; readonly left: number }
  | { readonly kind: 'locked'; readonly until: Date }
  | { readonly kind: 'closed' };

/**
 * Counts a try before its answer is looked at, in one statement: however many guess at the same moment, they have no more
 * tries together than one of them has.
 */
export async function takeGateTry(db: Database, snapshotId: string, now: Date): Promise<GateTry> {
  const { rows } = await sql<{ wrong: number }>`
    insert into gate_tries as it (snapshot_id, wrong, total) values (${snapshotId}, 1, 1)
    on conflict (snapshot_id) do update set wrong = it.wrong + 1, total = it.total + 1,
      locked_until = case when (it.wrong + 1) % ${triesPerLock} = 0
        then ${now}::timestamptz + make_interval(mins => ${firstLockMinutes} * (1 << ((it.wrong + 1) / ${triesPerLock} - 1))) end
      where it.total < ${mostTries} and coalesce(it.locked_until <= ${now}::timestamptz, true)
    returning wrong`.execute(db);
  const taken = rows[0];
  if (taken) return { kind: 'granted', left: (triesPerLock - (taken.wrong % triesPerLock)) % triesPerLock };
  const known = await db
    .selectFrom('gate_tries')
    .select(['total', 'locked_until'])
    .where('snapshot_id', '=', snapshotId)
    .executeTakeFirst();
  if (known === undefined || known.total >= mostTries) return { kind: 'closed' };
  return { kind: 'locked', until: known.locked_until ?? now };
}

/** The last try was right: it was none, and neither were the ones before in a row. What was wrong in all stays counted. */
export async function gateOpened(db: Database, snapshotId: string): Promise<void> {
  await sql`update gate_tries set wrong = 0, total = total - 1, locked_until = null
    where snapshot_id = ${snapshotId}`.execute(db);
}
