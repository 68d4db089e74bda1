import { hashAddress } from '../../profile/address-hash.ts';
import type { Purpose } from '../../profile/profile.ts';
import type { Database } from './connect.ts';

/** What the suppression list says of each of these addresses; those that it does not know are left out. */
export async function findSuppressions(
  db: Database,
  secret: Buffer,
  addresses: readonly string[],
): Promise<ReadonlyMap<string, readonly (Purpose | '*')[]>> {
  const found = new Map<string, (Purpose | '*')[]>();
  if (addresses.length === 0) return found;
  const byHash = Map.groupBy(addresses, (address) => hashAddress(secret, address).toString('hex'));
  const entries = await db
    .selectFrom('suppressions')
    .select(['address_hash', 'purpose'])
    .where(
      'address_hash',
      'in',
      [...byHash.keys()].map((hash) => Buffer.from(hash, 'hex')),
    )
    .execute();
  for (const entry of entries) {
    for (const address of byHash.get(entry.address_hash.toString('hex')) ?? []) {
      found.set(address, [...(found.get(address) ?? []), entry.purpose as Purpose | '*']);
    }
  }
  return found;
}
