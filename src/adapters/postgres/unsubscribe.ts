import { sql } from 'kysely';
import type { Snapshot } from '../../merge/snapshot.ts';
import { hashAddress } from '../../profile/address-hash.ts';
import type { Database } from './connect.ts';

/**
 * Ends one purpose for one person, in one transaction: the consent is taken back, and the address is suppressed by its
 * keyed hash, which outlives the profile. Saying it again moves the date alone: a confirmation link made in between stays
 * shut. False when the person was erased meanwhile.
 */
export async function unsubscribe(
  db: Database,
  snapshot: Pick<Snapshot, 'profileId' | 'purpose'>,
  options: { readonly at: Date; readonly secret: Buffer },
): Promise<boolean> {
  const { profileId, purpose } = snapshot;
  return db.transaction().execute(async (tx) => {
    const row = await tx
      .selectFrom('profiles')
      .select(['email', 'consents'])
      .where('id', '=', profileId)
      .forUpdate()
      .executeTakeFirst();
    if (!row) return false;
    const consent = { granted: false, at: options.at.toISOString(), source: 'unsubscribe' };
    await tx
      .updateTable('profiles')
      .set({ consents: JSON.stringify({ ...row.consents, [purpose]: consent }), updated_at: sql`now()` })
      .where('id', '=', profileId)
      .execute();
    if (row.email !== null) {
      await tx
        .insertInto('suppressions')
        .values({
          address_hash: hashAddress(options.secret, row.email),
          purpose,
          reason: 'unsubscribed',
          at: options.at,
        })
        .onConflict((conflict) =>
          conflict.columns(['address_hash', 'purpose']).doUpdateSet({ at: options.at }),
        )
        .execute();
    }
    return true;
  });
}
