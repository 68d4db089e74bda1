import { sql } from 'kysely';
import type { Purpose } from '../../profile/profile.ts';
import type { Database } from './connect.ts';

export interface Suppression {
  /** In hex. Keyed: nobody can tell the address by it, but the same address has the same one. */
  readonly addressHash: string;
  /** `*`: nothing is sent to the address at all. */
  readonly purpose: Purpose | '*';
  /** `hard-bounce`, `soft-bounces`, `complaint`, `unsubscribed`, `consent-withdrawn`; `added` by an operator. */
  readonly reason: string;
  readonly at: string;
}

/**
 * Newest first, at most so many; and how many there are in all.
 * @param hashes of the addresses that are asked about; all there are where it is left out
 */
export async function listSuppressions(
  db: Database,
  which: { readonly hashes?: readonly Buffer[] | undefined; readonly limit: number },
): Promise<{ readonly total: number; readonly suppressions: readonly Suppression[] }> {
  const about = which.hashes === undefined ? sql`true` : sql`address_hash = any(${which.hashes}::bytea[])`;
  const { rows } = await sql<Row & { total: string }>`
    select address_hash, purpose, reason, at, count(*) over () as total from suppressions
    where ${about} order by at desc, address_hash, purpose limit ${which.limit}`.execute(db);
  return { total: Number(rows[0]?.total ?? 0), suppressions: rows.map(toSuppression) };
}

/**
 * Suppresses addresses by an operator's word, which stands until an operator takes it back: it replaces what the person
 * said, for a double opt-in would lift that. Returns how many of them it changed something for.
 */
export async function addSuppressions(
  db: Database,
  hashes: readonly Buffer[],
  purpose: Suppression['purpose'],
): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into suppressions (address_hash, purpose, reason)
    select distinct hash, ${purpose}::text, 'added' from unnest(${hashes}::bytea[]) as hash
    on conflict (address_hash, purpose) do update set reason = 'added', at = now()
      where suppressions.reason in ('unsubscribed', 'consent-withdrawn')`.execute(db);
  return Number(numAffectedRows ?? 0);
}

/**
 * Takes entries off the list, whatever they are there for, and forgets soft bounces, or the next one would bring the
 * address back. A consent that the person took back stays taken back: that is the profile's. Returns what was taken off.
 * @param purpose left out: all of them
 */
export async function removeSuppressions(
  db: Database,
  hashes: readonly Buffer[],
  purpose?: Suppression['purpose'],
): Promise<readonly Suppression[]> {
  const { rows } = await sql<Row>`
    with gone as (
      delete from suppressions
      where address_hash = any(${hashes}::bytea[]) and purpose = coalesce(${purpose ?? null}::text, purpose)
      returning address_hash, purpose, reason, at
    ), forgotten as (
      delete from soft_bounces where address_hash in (select address_hash from gone where purpose = '*')
    )
    select * from gone order by at desc, address_hash, purpose`.execute(db);
  return rows.map(toSuppression);
}

interface Row {
  readonly address_hash: Buffer;
  readonly purpose: string;
  readonly reason: string;
  readonly at: Date;
}

function toSuppression({ address_hash, purpose, reason, at }: Row): Suppression {
  const addressHash = address_hash.toString('hex');
  return { addressHash, purpose: purpose as Suppression['purpose'], reason, at: at.toISOString() };
}
