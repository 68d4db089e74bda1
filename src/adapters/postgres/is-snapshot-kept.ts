import type { Database } from './connect.ts';

/** Whether it is in the database at this moment: no cache stands between. */
export async function isSnapshotKept(db: Database, id: string): Promise<boolean> {
  const row = await db.selectFrom('snapshots').select('id').where('id', '=', id).executeTakeFirst();
  return row !== undefined;
}
