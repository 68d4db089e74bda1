import type { Kysely } from 'kysely';
import type { Snapshot } from '../../merge/snapshot.ts';
import type { Schema } from './schema.ts';

/** Idempotent by id: a snapshot never changes once it is kept. */
export async function keepSnapshot(db: Kysely<Schema>, snapshot: Snapshot, expiresAt: Date): Promise<void> {
  await db
    .insertInto('snapshots')
    .values({
      id: snapshot.id,
      profile_id: snapshot.profileId,
      pack_name: snapshot.pack.name,
      pack_version: snapshot.pack.version,
      body: JSON.stringify(snapshot),
      made_at: snapshot.madeAt,
      expires_at: expiresAt,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}
