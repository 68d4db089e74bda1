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
 * The ledger row that somebody outside speaks of; null where there is none. By the customer alone it is their newest message
 * before `at`; of a conversion their newest run: whoever was held out or could not be reached counts there like those who were
 * written to, or nobody could tell what writing has brought (docs/adr/0091).
 */
export async function findToldRow(
  db: Database,
  told: Told,
  at: Date,
  of: 'message' | 'run' = 'message',
): Promise<ToldRow | null> {
  const isNamed = 'messageId' in told || told.runId !== undefined;
  const newest =
    of === 'run'
      ? sql`runs.created_at <= ${at}`
      : sql`ended_at <= ${at} and (ledger.state in ('accepted', 'bounced') or (ledger.state = 'skipped' and reason = 'holdout'))`;
  const { rows } = await sql<{ id: string; profile_id: string | null }>`
    select ledger.id, profile_id from ledger join runs on runs.id = run_id
    where ${conditionOf(told)} and (${isNamed} or (runs.kind <> 'render' and ${newest}))
    order by ${of === 'run' ? sql`runs.created_at desc` : sql`ended_at desc nulls last`} limit 1`.execute(db);
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
