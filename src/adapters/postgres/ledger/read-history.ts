import { type RawBuilder, sql } from 'kysely';
import type { RowHistory } from '../../../run/ledger.ts';
import type { Database } from '../connect.ts';

const pageSize = 500;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

type Row = Omit<RowHistory, 'steps'> & { readonly steps: RowHistory['steps'] | null };

/** Every row of a run by its person's id, then those whose person was erased; or one person's, by id or external id. */
export async function* readHistory(
  db: Database,
  runId: string,
  profileKey?: string,
): AsyncGenerator<RowHistory> {
  if (profileKey !== undefined) {
    const id = uuid.test(profileKey) ? profileKey : null;
    const person = sql`select id from profiles where id = ${id}::uuid or external_id = ${profileKey}`;
    yield* await page(db, runId, sql`ledger.profile_id in (${person})`, sql`ledger.profile_id`);
    return;
  }
  for (let after: string | null = null; ; ) {
    const some: RowHistory[] = await page(
      db,
      runId,
      after === null ? sql`ledger.profile_id is not null` : sql`ledger.profile_id > ${after}`,
      sql`ledger.profile_id`,
    );
    yield* some;
    if (some.length < pageSize) break;
    after = some.at(-1)?.profileId ?? null;
  }
  for (let after: string | null = null; ; ) {
    const some: RowHistory[] = await page(
      db,
      runId,
      sql`ledger.profile_id is null ${after === null ? sql`` : sql`and ledger.id > ${after}`}`,
      sql`ledger.id`,
    );
    yield* some;
    if (some.length < pageSize) break;
    after = some.at(-1)?.rowId ?? null;
  }
}

async function page(
  db: Database,
  runId: string,
  which: RawBuilder<unknown>,
  order: RawBuilder<unknown>,
): Promise<RowHistory[]> {
  const { rows } = await sql<Row>`
    with found as (
      select * from ledger where run_id = ${runId} and ${which} order by ${order} limit ${pageSize}
    )
    select ledger.id as "rowId", ledger.profile_id as "profileId", profiles.external_id as "externalId",
      ledger.state, ledger.reason, ledger.variant, ledger.message_id as "messageId", ledger.snapshot_id as "snapshotId",
      body -> 'pack' as pack, body ->> 'dataVersion' as "dataVersion",
      case when body -> 'storyboard' ->> 'composition' is not null then jsonb_build_object(
        'name', body -> 'storyboard' -> 'composition', 'version', body -> 'storyboard' -> 'version') end as composition,
      (select jsonb_agg(jsonb_build_object('at', to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
          'attempt', attempt, 'state', state, 'detail', detail) order by id)
        from ledger_history where ledger_id = ledger.id) as steps
    from found as ledger
      left join profiles on profiles.id = ledger.profile_id
      left join snapshots on snapshots.id = ledger.snapshot_id
    order by ${order}`.execute(db);
  return rows.map((row) => ({ ...row, steps: row.steps ?? [] }));
}
