import type { Snapshot } from '../../merge/snapshot.ts';
import type { Format } from '../../template/composition.ts';
import type { Database } from './connect.ts';
import { findSnapshot } from './find-snapshot.ts';

export interface AskedRender {
  /** Of the snapshot that the film is made of. */
  readonly id: string;
  /** Who asked: the API key's id. */
  readonly caller: string;
  readonly format: Format;
}

/** The same film asked for again in another format: the last one counts. */
export async function keepAskedRender(db: Database, { id, caller, format }: AskedRender): Promise<void> {
  await db
    .insertInto('renders')
    .values({ snapshot_id: id, caller, format })
    .onConflict((conflict) => conflict.column('snapshot_id').doUpdateSet({ caller, format }))
    .execute();
}

/** Null for what nobody, or somebody else, asked for, and for what was erased or is over. */
export async function findAskedRender(
  db: Database,
  asked: { readonly id: string; readonly caller: string; readonly now: Date },
): Promise<{ readonly format: Format; readonly snapshot: Snapshot } | null> {
  const row = await db
    .selectFrom('renders')
    .select('format')
    .where('snapshot_id', '=', asked.id)
    .where('caller', '=', asked.caller)
    .executeTakeFirst();
  const found = row && (await findSnapshot(db, asked.id, asked.now));
  return row && found && !found.isOver ? { format: row.format, snapshot: found.snapshot } : null;
}
