import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { DearlyError } from '../../../errors.ts';
import type { WebhookType } from '../../../run/webhooks/webhook-types.ts';
import type { Database } from '../connect.ts';
import { newSecret, openSecrets, replaced } from './signing-secrets.ts';

export interface Endpoint {
  readonly id: string;
  readonly url: string;
  /** `*` stands for all. */
  readonly types: string[];
  readonly createdAt: string;
  /** Since when no try went well, ISO 8601; null where the last one did. */
  readonly failingSince: string | null;
  /** Told nothing since then, and why. */
  readonly disabledAt: string | null;
  readonly disabledWhy: string | null;
}

export const endpointRow = (id: string) => `webhook/${id}`;

/** @param url checked by `assertWebhookUrl` */
export async function addEndpoint(
  db: Database,
  house: Buffer,
  { url, types }: { readonly url: string; readonly types: readonly (WebhookType | '*')[] },
): Promise<Endpoint> {
  const id = randomUUID();
  const { sealed } = newSecret(house, endpointRow(id));
  const row = await db
    .insertInto('webhook_endpoints')
    .values({ id, url, types: [...types], secret: sealed })
    .returningAll()
    .executeTakeFirstOrThrow();
  return toEndpoint(row);
}

/** The newest one. @throws DearlyError `webhook-missing`, `secret-unreadable` */
export async function endpointSecret(
  db: Database,
  houses: readonly Buffer[],
  id: string,
  now: Date,
): Promise<string> {
  const row = await db
    .selectFrom('webhook_endpoints')
    .selectAll()
    .where(sql<string>`id::text`, '=', id)
    .executeTakeFirst();
  if (row === undefined) throw noEndpoint(id);
  const [secret = ''] = openSecrets(houses, endpointRow(id), row, now);
  return secret;
}

/** Oldest first. */
export async function listEndpoints(db: Database): Promise<Endpoint[]> {
  const rows = await db
    .selectFrom('webhook_endpoints')
    .selectAll()
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map(toEndpoint);
}

/** @throws DearlyError `webhook-missing` */
export async function findEndpoint(db: Database, id: string): Promise<Endpoint> {
  const row = await db
    .selectFrom('webhook_endpoints')
    .selectAll()
    .where(sql<string>`id::text`, '=', id)
    .executeTakeFirst();
  if (row === undefined) throw noEndpoint(id);
  return toEndpoint(row);
}

/** The one before is good for another day unless `atOnce`. @throws DearlyError `webhook-missing` */
export async function rotateEndpoint(
  db: Database,
  house: Buffer,
  id: string,
  { atOnce = false } = {},
): Promise<string> {
  const { secret, sealed } = newSecret(house, endpointRow(id));
  const { numUpdatedRows } = await db
    .updateTable('webhook_endpoints')
    .set(replaced(sealed, atOnce))
    .where(sql<string>`id::text`, '=', id)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw noEndpoint(id);
  return secret;
}

/** Tells it again what happens from now on; what failed meanwhile is told by `redeliver`. */
export async function enableEndpoint(db: Database, id: string): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('webhook_endpoints')
    .set({ disabled_at: null, disabled_why: null, failing_since: null })
    .where(sql<string>`id::text`, '=', id)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw noEndpoint(id);
}

/** With its log. @throws DearlyError `webhook-missing` */
export async function removeEndpoint(db: Database, id: string): Promise<void> {
  const { numDeletedRows } = await db
    .deleteFrom('webhook_endpoints')
    .where(sql<string>`id::text`, '=', id)
    .executeTakeFirst();
  if (numDeletedRows === 0n) throw noEndpoint(id);
}

function noEndpoint(id: string): DearlyError {
  return new DearlyError('webhook-missing', `There is no webhook endpoint ${id}.`);
}

function toEndpoint(row: {
  id: string;
  url: string;
  types: string[];
  created_at: Date;
  failing_since: Date | null;
  disabled_at: Date | null;
  disabled_why: string | null;
}): Endpoint {
  return {
    id: row.id,
    url: row.url,
    types: row.types,
    createdAt: row.created_at.toISOString(),
    failingSince: row.failing_since?.toISOString() ?? null,
    disabledAt: row.disabled_at?.toISOString() ?? null,
    disabledWhy: row.disabled_why,
  };
}
