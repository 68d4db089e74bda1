import { sql, type Transaction } from 'kysely';
import type { Snapshot } from '../../merge/snapshot.ts';
import { hashAddress } from '../../profile/address-hash.ts';
import type { Consent, Consents } from '../../profile/profile.ts';
import type { Database } from './connect.ts';
import type { Schema } from './schema.ts';

/**
 * `known`: had been said before in the same words. `outdated`: the person said no after the message was made, or has
 * another address by now, which the message does not prove. `erased`: nobody is there (any more).
 */
export type Confirmed = 'confirmed' | 'known' | 'outdated' | 'erased';

/**
 * Keeps the consents of a double opt-in, all or none, in one transaction, and lifts what an older no had suppressed. A no
 * that came after the message stands, whichever link it came by. An import's no does not count here: a file cannot know
 * of a request that was confirmed after it was written. Saying it again changes nothing.
 */
export async function confirm(
  db: Database,
  snapshot: Pick<Snapshot, 'profileId' | 'madeAt' | 'confirms'>,
  given: Consents,
  options: { readonly secret: Buffer },
): Promise<Confirmed> {
  const { profileId, madeAt, confirms } = snapshot;
  return db.transaction().execute(async (tx) => {
    const row = await tx
      .selectFrom('profiles')
      .select(['email', 'consents'])
      .where('id', '=', profileId)
      .forUpdate()
      .executeTakeFirst();
    if (!row) return 'erased';
    if (row.email === null || row.email !== confirms?.address) return 'outdated';
    const said = Object.entries(given);
    if (said.some(([purpose]) => saidNoSince(madeAt, row.consents[purpose as keyof Consents])))
      return 'outdated';
    const address = hashAddress(options.secret, row.email);
    const isRefused = await liftOlderNo(tx, address, Object.keys(given), new Date(madeAt));
    if (isRefused) return 'outdated';
    const news = said.filter(
      ([purpose, consent]) => !isSame(row.consents[purpose as keyof Consents], consent),
    );
    if (news.length === 0) return 'known';
    await tx
      .updateTable('profiles')
      .set({
        consents: JSON.stringify({ ...row.consents, ...Object.fromEntries(news) }),
        updated_at: sql`now()`,
      })
      .where('id', '=', profileId)
      .execute();
    return 'confirmed';
  });
}

function saidNoSince(madeAt: string, known: Consent | undefined): boolean {
  return known?.granted === false && known.source !== 'import' && Date.parse(known.at) >= Date.parse(madeAt);
}

function isSame(known: Consent | undefined, given: Consent): boolean {
  return known?.granted === true && known.source === given.source && known.text === given.text;
}

/**
 * The address may have said no under another profile, or before it was erased and came back. True when it did so after
 * the message was made: then nothing is lifted. Hard bounces and the like are no word of the person, and stay.
 */
async function liftOlderNo(
  tx: Transaction<Schema>,
  address: Buffer,
  purposes: readonly string[],
  madeAt: Date,
): Promise<boolean> {
  const mine = tx
    .selectFrom('suppressions')
    .where('address_hash', '=', address)
    .where('purpose', 'in', purposes)
    .where('reason', 'in', ['unsubscribed', 'consent-withdrawn']);
  const since = await mine.select('purpose').where('at', '>=', madeAt).limit(1).executeTakeFirst();
  if (since) return true;
  await tx
    .deleteFrom('suppressions')
    .where('address_hash', '=', address)
    .where('purpose', 'in', purposes)
    .where('reason', 'in', ['unsubscribed', 'consent-withdrawn'])
    .execute();
  return false;
}
