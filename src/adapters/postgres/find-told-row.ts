import { sql } from 'kysely';
import type { Database } from './connect.ts';

/** How others name a message: by its Message-ID, by run and customer, or by the customer alone. */
export type Told =
  | { readonly messageId: string }
  | { readonly externalId: string; readonly runId?: string | undefined };

export interface ToldRow {
  readonly rowId: string;
  readonly profileId: string | null;
}

/**
 * The ledger row that somebody outside speaks of; null where there is none. By the customer alone it is the newest
 * message, before `at`, that the person got, or was held out from: what came of being written to counts there.
 */
export async function findToldRow(db: Database, told: Told, at: Date): Promise<ToldRow | null> {
  const { rows } = await sql<{ id: string; profile_id: string | null }>`
    select ledger.id, profile_id from ledger where ${conditionOf(told)}
      and (${!('messageId' in told) && told.runId === undefined} is false or (
        ended_at <= ${at} and (ledger.state in ('accepted', 'bounced') or (ledger.state = 'skipped' and reason = 'holdout'))
        and run_id in (select id from runs where kind <> 'render')))
    order by ended_at desc nulls last limit 1`.execute(db);
  const [row] = rows;
  return row === undefined ? null : { rowId: row.id, profileId: row.profile_id };
}

function conditionOf(told: Told) {
  if ('messageId' in told) {
    const messageId = told.messageId.replace(/^<|>$/g, '');
    // A Message-ID starts with its row's id: no index of its own is needed.
    const rowId = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@/.exec(messageId)?.[1] ?? null;
    return sql`ledger.id = ${rowId}::uuid and message_id = ${messageId}`;
  }
  const person = sql`profile_id = (select id from profiles where external_id = ${told.externalId})`;
  return told.runId === undefined ? person : sql`${person} and run_id = ${told.runId}::uuid`;
}
