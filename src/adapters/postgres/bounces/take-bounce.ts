// Enters: what came back about a message, and a key that names the report. Leaves: row, history and suppression list, changed once.
// Never: a change for a message that is not ours, or a second one for the same report.
import { type Kysely, sql, type Transaction } from 'kysely';
import { hashAddress } from '../../../profile/address-hash.ts';
import type { KnownBounce, Taken } from '../../../run/take-report.ts';
import type { About } from '../../../track/find-message.ts';
import type { Database } from '../connect.ts';
import { changeRow } from '../ledger/change-row.ts';
import { recordEvents } from '../record-events.ts';
import type { Schema } from '../schema.ts';
import { countSoftBounces } from './count-soft-bounces.ts';
import { eventKey, keepReport } from './keep-report.ts';

/** Soft bounces in a row, within this time, that suppress an address. */
const softLimit = { messages: 5, days: 30 } as const;

/** One transaction. A hard bounce and a complaint suppress the address for every purpose; a soft one counts. */
export async function takeBounce(
  db: Database,
  bounce: KnownBounce,
  options: { readonly secret: Buffer },
): Promise<Taken> {
  return await db.transaction().execute(async (trx) => {
    const row = await findRow(trx, bounce.about);
    if (row === null) return 'unknown';
    if (!(await keepReport(trx, `${row.id} ${bounce.reportId}`))) return 'duplicate';
    // Who has another address by now keeps that one: it is the old one that bounced.
    const addressHash =
      row.address_hash ?? (row.email === null ? null : hashAddress(options.secret, row.email));
    const claim = { rowId: row.id, runId: row.run_id, attempt: row.attempt };
    if (bounce.kind === 'complaint') {
      const key = eventKey(`${row.id} ${bounce.reportId}`);
      const at = bounce.at.toISOString();
      await recordEvents(trx, [
        { key, snapshotId: null, rowId: row.id, kind: 'complaint', machine: false, at, data: {} },
      ]);
      await suppress(trx, addressHash, 'complaint');
      return 'taken';
    }
    const detail = `${bounce.kind}-bounce: ${bounce.detail}`;
    const hasReturned = bounce.isReturned && (await changeRow(trx, claim, { happening: 'return', detail }));
    if (!hasReturned) await note(trx, row, detail);
    if (bounce.kind === 'hard') await suppress(trx, addressHash, 'hard-bounce');
    else if (addressHash !== null) {
      const sent = { rowId: row.id, profileId: row.profile_id, addressHash, at: row.ended_at ?? bounce.at };
      const inARow = await countSoftBounces(trx, sent, softLimit.days);
      if (inARow >= softLimit.messages) await suppress(trx, addressHash, 'soft-bounces');
    }
    return 'taken';
  });
}

interface Row {
  readonly id: string;
  readonly run_id: string;
  readonly profile_id: string | null;
  readonly state: string;
  readonly attempt: number;
  readonly ended_at: Date | null;
  readonly address_hash: Buffer | null;
  readonly email: string | null;
}

/** Only what was handed over can come back. */
async function findRow(db: Transaction<Schema>, about: About): Promise<Row | null> {
  const condition = conditionOf(about);
  if (condition === null) return null;
  const { rows } = await sql<Row>`
    select ledger.id, run_id, profile_id, state, attempt, ended_at, address_hash, profiles.email
    from ledger left join profiles on profiles.id = ledger.profile_id
    where ${condition} and snapshot_id is not null
    limit 1 for update of ledger`.execute(db);
  return rows[0] ?? null;
}

function conditionOf(about: About) {
  if ('rowId' in about) return sql`ledger.id = ${about.rowId}::uuid`;
  if ('snapshotId' in about) return sql`snapshot_id = ${about.snapshotId}::uuid`;
  // A Message-ID starts with its row's id: no index of its own is needed.
  const rowId = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@/.exec(about.messageId)?.[1];
  return rowId === undefined ? null : sql`ledger.id = ${rowId}::uuid and message_id = ${about.messageId}`;
}

async function suppress(db: Kysely<Schema>, addressHash: Buffer | null, reason: string): Promise<void> {
  if (addressHash === null) return;
  await db
    .insertInto('suppressions')
    .values({ address_hash: addressHash, purpose: '*', reason })
    .onConflict((conflict) => conflict.columns(['address_hash', 'purpose']).doNothing())
    .execute();
}

/** What changes no state still belongs into the row's history. */
async function note(db: Kysely<Schema>, row: Row, detail: string): Promise<void> {
  await db
    .insertInto('ledger_history')
    .values({ ledger_id: row.id, attempt: row.attempt, state: row.state, detail })
    .execute();
}
