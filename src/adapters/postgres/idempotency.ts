import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { DearlyError } from '../../errors.ts';
import type { Json } from '../../profile/profile.ts';
import type { Database } from './connect.ts';

export interface IdempotentRequest {
  /** Who asks for what: the key's id and the route. Equal keys of different callers are different requests. */
  readonly scope: string;
  /** The caller's Idempotency-Key. */
  readonly key: string;
  /** What the answer depends on, in one spelling. */
  readonly body: string;
}

export interface Answer {
  readonly status: number;
  readonly body: Json;
}

/** An answer holds what was rendered for a person; it is kept for retries, not for ever. */
const keptFor = '24 hours';

/** A request that died while being answered may be asked again after this. */
const busyFor = '5 minutes';

/**
 * Answers each request once: the same one again within a day gets the first answer back. A fault is not an answer; it frees the key.
 * @throws DearlyError `idempotency-conflict` for another body under the same key, `idempotency-busy` while the first
 *   request is still being answered
 */
export async function answerOnce(
  db: Database,
  request: IdempotentRequest,
  answer: () => Promise<Answer>,
): Promise<Answer & { readonly isReplay: boolean }> {
  const { scope, key } = request;
  await sql`delete from idempotency where created_at < now() - ${keptFor}::interval`.execute(db);
  const request_hash = createHash('sha256').update(request.body).digest();
  const { rows } = await sql<{ key: string }>`
    insert into idempotency (scope, key, request_hash) values (${scope}, ${key}, ${request_hash})
    on conflict (scope, key) do update set created_at = now(), request_hash = excluded.request_hash
      where idempotency.status is null and idempotency.created_at < now() - ${busyFor}::interval
    returning key`.execute(db);
  if (rows.length === 0) return { ...(await firstAnswer(db, request, request_hash)), isReplay: true };
  try {
    const given = await answer();
    await db
      .updateTable('idempotency')
      .set({ status: given.status, body: JSON.stringify(given.body) })
      .where('scope', '=', scope)
      .where('key', '=', key)
      .execute();
    return { ...given, isReplay: false };
  } catch (error) {
    await db.deleteFrom('idempotency').where('scope', '=', scope).where('key', '=', key).execute();
    throw error;
  }
}

async function firstAnswer(db: Database, { scope, key }: IdempotentRequest, hash: Buffer): Promise<Answer> {
  const row = await db
    .selectFrom('idempotency')
    .select(['request_hash', 'status', 'body'])
    .where('scope', '=', scope)
    .where('key', '=', key)
    .executeTakeFirst();
  if (row && !row.request_hash.equals(hash)) {
    throw new DearlyError('idempotency-conflict', 'This Idempotency-Key was used for another request.');
  }
  // Gone or empty: the first request failed just now, or is still being answered.
  if (!row || row.status === null) {
    throw new DearlyError(
      'idempotency-busy',
      'The first request with this Idempotency-Key is still being answered.',
    );
  }
  return { status: row.status, body: row.body };
}
