import { sql } from 'kysely';
import type { Facts } from '../../profile/profile.ts';
import type { Database } from './connect.ts';

/** Adds facts to a profile that is there, merged at their top level. False when the person was erased meanwhile. */
export async function learnFacts(db: Database, profileId: string, facts: Facts): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('profiles')
    .set({ facts: sql`facts || ${JSON.stringify(facts)}::jsonb`, updated_at: sql`now()` })
    .where('id', '=', profileId)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
