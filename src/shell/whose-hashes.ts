import { findProfileByEither } from '../adapters/postgres/find-profile.ts';
import { DearlyError } from '../errors.ts';
import { hashAddress } from '../profile/address-hash.ts';
import { emailAddress } from '../profile/email-address.ts';
import type { Wire } from './wire.ts';

/**
 * What the suppression list knows these people by. Each is named by an address, or by a customer's number where one does
 * not want to write an address down.
 * @throws DearlyError `profile-missing`; `request-invalid` for what is neither, and for a customer without an address
 */
export async function whoseHashes(
  named: readonly string[],
  { db, addressKey }: Pick<Wire, 'db' | 'addressKey'>,
): Promise<Buffer[]> {
  const hashes: Buffer[] = [];
  for (const [index, one] of named.entries()) {
    const isAddress = one.includes('@');
    if (isAddress && !emailAddress.safeParse(one.trim()).success) throw invalid(index, 'is no address');
    const address = isAddress ? one : await addressOf(db, one, index);
    hashes.push(hashAddress(addressKey, address));
  }
  return hashes;
}

async function addressOf(db: Wire['db'], id: string, index: number): Promise<string> {
  const profile = await findProfileByEither(db, id);
  if (profile === null)
    throw new DearlyError('profile-missing', `There is no profile ${JSON.stringify(id)}.`);
  if (profile.email === null) throw invalid(index, 'is a customer without an address');
  return profile.email;
}

/** By its place: an address does not belong into a log. */
function invalid(index: number, what: string): DearlyError {
  return new DearlyError('request-invalid', 'It is not clear who is meant.', {
    details: [`number ${index + 1} of those named ${what}`],
  });
}
