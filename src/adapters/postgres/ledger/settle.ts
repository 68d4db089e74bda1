import { hashAddress } from '../../../profile/address-hash.ts';
import type { Claim, Outcome } from '../../../run/ledger.ts';
import type { Database } from '../connect.ts';
import { changeRow } from './change-row.ts';

/** Writes down how a try ended. An address that is refused for good is suppressed for every purpose, in the same transaction. */
export async function settle(db: Database, secret: Buffer, claim: Claim, outcome: Outcome): Promise<boolean> {
  const address = claim.profile?.email;
  if (outcome.happening !== 'bounce' || !address) return await changeRow(db, claim, outcome);
  return await db.transaction().execute(async (trx) => {
    const settled = await changeRow(trx, claim, outcome);
    await trx
      .insertInto('suppressions')
      .values({ address_hash: hashAddress(secret, address), purpose: '*', reason: 'hard-bounce' })
      .onConflict((conflict) => conflict.columns(['address_hash', 'purpose']).doNothing())
      .execute();
    return settled;
  });
}
