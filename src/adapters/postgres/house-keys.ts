// Enters: the house's secrets. Leaves: the key that hashes addresses, which stays while they are replaced; what they seal, sealed anew.
// Never: a key that lies open in the database, or a suppression that a new secret forgets.
import { type Kysely, sql } from 'kysely';
import { seal, unseal } from '../../run/webhooks/seal.ts';
import type { Database } from './connect.ts';
import type { Schema } from './schema.ts';
import { endpointRow } from './webhooks/endpoints.ts';
import { triggerRow } from './webhooks/triggers.ts';

type Secrets = readonly [current: Buffer, ...previous: Buffer[]];

const name = 'addresses';
const row = `house-key/${name}`;

/**
 * Made at the first start, from the oldest secret there is: houses of before hashed addresses with that one.
 * @throws DearlyError `secret-unreadable` where none of the secrets is this house's: it would write to who is suppressed
 */
export async function openAddressKey(db: Database, secrets: Secrets): Promise<Buffer> {
  const [current, ...previous] = secrets;
  const kept = await findSealed(db);
  if (kept !== undefined) return Buffer.from(unseal(secrets, row, kept), 'base64');
  const first = (previous.at(-1) ?? current).toString('base64');
  await db
    .insertInto('house_keys')
    .values({ name, sealed: seal(current, row, first) })
    .onConflict((it) => it.column('name').doNothing())
    .execute();
  // Another process may have been first.
  return Buffer.from(unseal(secrets, row, (await findSealed(db)) ?? Buffer.alloc(0)), 'base64');
}

async function findSealed(db: Kysely<Schema>): Promise<Buffer | undefined> {
  const found = await db
    .selectFrom('house_keys')
    .select('sealed')
    .where('name', '=', name)
    .executeTakeFirst();
  return found?.sealed;
}

/** Whether everything that is sealed opens with the newest secret alone, and what the ones before are still needed for. */
export interface SecretStanding {
  readonly sealedAnew: boolean;
  /** When it was. */
  readonly since: Date;
  /** Messages of before whose links are not over yet: they were signed with the secret before. */
  readonly olderLinks: number;
  /** When the last of them is over; null where there are none. */
  readonly olderLinksUntil: Date | null;
}

export async function secretStanding(db: Database, [current]: Secrets, now: Date): Promise<SecretStanding> {
  const all = await readSealed(db);
  const sealedAnew = all.every((it) => opens(current, it));
  const { rows } = await sql<{ since: Date; count: string; until: Date | null }>`
    select sealed_at as since, count(snapshots.id) as count, max(expires_at) as until
    from house_keys left join snapshots
      on revoked_at is null and expires_at > ${now} and made_at < sealed_at
    where name = ${name} group by sealed_at`.execute(db);
  const { since = now, count = '0', until = null } = rows[0] ?? {};
  return { sealedAnew, since, olderLinks: Number(count), olderLinksUntil: until };
}

/** Seals all of it with the newest secret, in one transaction; what it seals already stays. Returns how many were sealed anew. */
export async function sealAnew(db: Database, secrets: Secrets): Promise<number> {
  const [current] = secrets;
  return await db.transaction().execute(async (trx) => {
    let count = 0;
    for (const one of await readSealed(trx, true)) {
      if (opens(current, one)) continue;
      await one.keep(seal(current, one.row, unseal(secrets, one.row, one.sealed)));
      count++;
    }
    return count;
  });
}

interface Sealed {
  readonly row: string;
  readonly sealed: Buffer;
  readonly keep: (sealed: Buffer) => Promise<unknown>;
}

/** The house's own key, and each secret that a trigger's caller or a webhook's endpoint shares with us. */
async function readSealed(db: Kysely<Schema>, forUpdate = false): Promise<Sealed[]> {
  const lock = forUpdate ? sql`for update` : sql``;
  const { rows: own } = await sql<{ sealed: Buffer }>`
    select sealed from house_keys where name = ${name} ${lock}`.execute(db);
  const all: Sealed[] = own.map(({ sealed }) => ({
    ...{ row, sealed },
    keep: (fresh) =>
      sql`update house_keys set sealed = ${fresh}, sealed_at = now() where name = ${name}`.execute(db),
  }));
  const shared = [
    { table: 'triggers', key: 'name', rowOf: triggerRow },
    { table: 'webhook_endpoints', key: 'id', rowOf: endpointRow },
  ] as const;
  for (const { table, key, rowOf } of shared) {
    const { rows } = await sql<{ key: string; secret: Buffer; former_secret: Buffer | null }>`
      select ${sql.ref(key)}::text as key, secret, former_secret from ${sql.table(table)} ${lock}`.execute(
      db,
    );
    for (const it of rows) {
      for (const column of ['secret', 'former_secret'] as const) {
        const sealed = it[column];
        if (sealed === null) continue;
        const keep = (fresh: Buffer) =>
          sql`update ${sql.table(table)} set ${sql.ref(column)} = ${fresh} where ${sql.ref(key)}::text = ${it.key}`.execute(
            db,
          );
        all.push({ row: rowOf(it.key), sealed, keep });
      }
    }
  }
  return all;
}

function opens(secret: Buffer, { row, sealed }: Sealed): boolean {
  try {
    unseal([secret], row, sealed);
    return true;
  } catch {
    return false;
  }
}
