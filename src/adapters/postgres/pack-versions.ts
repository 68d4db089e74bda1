import type { CompiledPack } from '../../template/compiled-pack.ts';
import type { Database } from './connect.ts';

/** Keeps a pack's text under its version, so that pages behind links sent today can be shown after an edit. */
export async function keepPackFiles(db: Database, pack: CompiledPack): Promise<void> {
  await db
    .insertInto('pack_versions')
    .values({ name: pack.name, version: pack.version, files: JSON.stringify(pack.files) })
    .onConflict((conflict) => conflict.columns(['name', 'version']).doNothing())
    .execute();
}

/** Path → text; null where this version never stood behind anything. */
export async function findPackFiles(
  db: Database,
  name: string,
  version: string,
): Promise<Readonly<Record<string, string>> | null> {
  const row = await db
    .selectFrom('pack_versions')
    .select('files')
    .where('name', '=', name)
    .where('version', '=', version)
    .executeTakeFirst();
  return row?.files ?? null;
}
