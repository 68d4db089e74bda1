import { type Kysely, sql } from 'kysely';
import type { Schema } from '../schema.ts';

interface Sent {
  readonly rowId: string;
  readonly profileId: string | null;
  readonly addressHash: Buffer;
  /** When the mail server had taken the message: reports come late and out of order. */
  readonly at: Date;
}

/**
 * Keeps that this message came back softly, and tells how many to this address have in a row, itself included. A message
 * that was accepted in between and did not come back starts the count anew. Counted by message: one that is reported
 * twice counts once.
 */
export async function countSoftBounces(db: Kysely<Schema>, sent: Sent, days: number): Promise<number> {
  const { rowId, profileId, addressHash, at } = sent;
  await db
    .insertInto('soft_bounces')
    .values({ ledger_id: rowId, address_hash: addressHash, sent_at: at })
    .onConflict((conflict) => conflict.column('ledger_id').doNothing())
    .execute();
  const { rows } = await sql<{ count: string }>`
    with arrived as (
      select max(ended_at) as at from ledger
      where profile_id = ${profileId}::uuid and address_hash = ${addressHash} and state = 'accepted' and ended_at < ${at}
        and not exists (select from soft_bounces where ledger_id = ledger.id)
    )
    select count(*) from soft_bounces, arrived
    where address_hash = ${addressHash} and sent_at > ${at}::timestamptz - ${days} * interval '1 day'
      and sent_at > coalesce(arrived.at, '-infinity')`.execute(db);
  return Number(rows[0]?.count ?? 0);
}
