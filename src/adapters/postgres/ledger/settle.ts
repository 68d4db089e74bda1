import { hashAddress } from '../../../profile/address-hash.ts';
import type { Claim, Outcome } from '../../../run/ledger.ts';
import type { Database } from '../connect.ts';
import { changeRow, inMs } from './change-row.ts';

/** Writes down how a try ended. An address that is refused for good is suppressed for every purpose, in the same transaction. */
export async function settle(db: Database, secret: Buffer, claim: Claim, outcome: Outcome): Promise<boolean> {
  const { happening, detail } = outcome;
  if (outcome.happening === 'defer')
    return await changeRow(db, claim, {
      happening,
      detail,
      nextAt: inMs(outcome.retryAfterMs),
      ...(outcome.mayBeOut && { orElse: 'doubt' }),
    });
  const address = claim.profile?.email;
  if (happening !== 'bounce' || !address) return await changeRow(db, claim, { happening, detail });
  return await db.transaction().execute(async (trx) => {
    const settled = await changeRow(trx, claim, { happening, detail });
    await trx
      .insertInto('suppressions')
      .values({ address_hash: hashAddress(secret, address), purpose: '*', reason: 'hard-bounce' })
      .onConflict((conflict) => conflict.columns(['address_hash', 'purpose']).doNothing())
      .execute();
    return settled;
  });
}
