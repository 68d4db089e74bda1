// Enters: an API key as a caller shows it. Leaves: which key it is, or the fault `key-denied`.
// Never: a secret in the database; it holds SHA-256 of 256 random bits, which nobody can try out.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { sql } from 'kysely';
import { DearlyError } from '../../errors.ts';
import type { Database } from './connect.ts';

export const scopes = [
  'profiles',
  'renders',
  'campaigns',
  'events',
  'triggers',
  'webhooks',
  'chats',
] as const;
export type Scope = (typeof scopes)[number];

export interface ApiKey {
  readonly id: string;
  readonly name: string;
  /** `*` opens everything. */
  readonly scopes: readonly (Scope | '*')[];
  readonly createdAt: Date;
  /** To the minute. */
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}

const form = /^dearly_([0-9a-f]{16})_([A-Za-z0-9_-]{43})$/;

/** `key` is shown here once and cannot be read again. */
export async function createKey(
  db: Database,
  { name, scopes }: { readonly name: string; readonly scopes: readonly (Scope | '*')[] },
): Promise<{ readonly id: string; readonly key: string }> {
  const id = randomBytes(8).toString('hex');
  const secret = randomBytes(32).toString('base64url');
  await db
    .insertInto('api_keys')
    .values({ id, name, hash: digest(secret), scopes: [...scopes] })
    .execute();
  return { id, key: `dearly_${id}_${secret}` };
}

/** @throws DearlyError `key-denied`, saying no more to a stranger than that it is not one of ours; `scope-denied` */
export async function verifyKey(db: Database, key: string | undefined, scope: Scope): Promise<ApiKey> {
  const [, id = '', secret = ''] = form.exec(key ?? '') ?? [];
  const row = await db.selectFrom('api_keys').selectAll().where('id', '=', id).executeTakeFirst();
  // An unknown key is compared too, so that the time taken tells nothing.
  const isOurs = timingSafeEqual(row?.hash ?? Buffer.alloc(32), digest(secret));
  if (!row || !isOurs || row.revoked_at) {
    throw new DearlyError('key-denied', 'The API key is absent, unknown or revoked.');
  }
  const granted = toKey(row);
  if (!granted.scopes.some((it) => it === '*' || it === scope)) {
    throw new DearlyError('scope-denied', `The API key ${row.id} lacks the scope ${scope}.`);
  }
  await db
    .updateTable('api_keys')
    .set({ last_used_at: sql`now()` })
    .where('id', '=', row.id)
    .where((it) =>
      it.or([
        it('last_used_at', 'is', null),
        it('last_used_at', '<', sql<Date>`now() - interval '1 minute'`),
      ]),
    )
    .execute();
  return granted;
}

/** Revoking twice changes nothing. @throws DearlyError `key-missing` */
export async function revokeKey(db: Database, id: string): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('api_keys')
    .set({ revoked_at: sql`coalesce(revoked_at, now())` })
    .where('id', '=', id)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw new DearlyError('key-missing', `There is no API key ${id}.`);
}

/** Newest first, the revoked ones included. */
export async function listKeys(db: Database): Promise<readonly ApiKey[]> {
  const rows = await db
    .selectFrom('api_keys')
    .selectAll()
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute();
  return rows.map(toKey);
}

function digest(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

function toKey(row: {
  id: string;
  name: string;
  scopes: string[];
  created_at: Date;
  last_used_at: Date | null;
  revoked_at: Date | null;
}): ApiKey {
  return {
    id: row.id,
    name: row.name,
    scopes: row.scopes.filter((it): it is Scope | '*' => it === '*' || scopes.includes(it as Scope)),
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
    revokedAt: row.revoked_at,
  };
}
