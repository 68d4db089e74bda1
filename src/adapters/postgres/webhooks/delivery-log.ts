import { sql } from 'kysely';
import { DearlyError } from '../../../errors.ts';
import { testType } from '../../../run/webhooks/webhook-types.ts';
import type { Database } from '../connect.ts';

/** What was told, or is to be. Bodies hold ids alone, so they may be shown. Times in ISO 8601. */
export interface LoggedDelivery {
  /** UUID; with `msg_` before it, `webhook-id`. */
  readonly id: string;
  readonly type: string;
  /** When it happened. */
  readonly at: string;
  readonly data: unknown;
  readonly state: 'pending' | 'delivered' | 'failed';
  /** How often it was tried. */
  readonly attempts: number;
  /** When it is tried again; null where it is not. */
  readonly nextAt: string | null;
  readonly lastStatus: number | null;
  readonly lastError: string | null;
  readonly durationMs: number | null;
  readonly endedAt: string | null;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Newest first. @param before a delivery's id: what comes after it, for the next page */
export async function listDeliveries(
  db: Database,
  endpointId: string,
  options: {
    readonly state?: LoggedDelivery['state'] | undefined;
    readonly before?: string | undefined;
    readonly limit: number;
  },
): Promise<LoggedDelivery[]> {
  if (!uuid.test(endpointId)) return [];
  let query = db
    .selectFrom('webhook_deliveries')
    .selectAll()
    .where('endpoint_id', '=', endpointId)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(options.limit);
  if (options.state) query = query.where('state', '=', options.state);
  if (options.before) {
    query = query.where(
      sql<boolean>`(at, id) < (select at, id from webhook_deliveries where id::text = ${options.before})`,
    );
  }
  return (await query.execute()).map((row) => ({
    id: row.id,
    type: row.type,
    at: row.at.toISOString(),
    data: row.data,
    state: row.state,
    attempts: row.attempt,
    nextAt: row.next_at?.toISOString() ?? null,
    lastStatus: row.last_status,
    lastError: row.last_error,
    durationMs: row.duration_ms,
    endedAt: row.ended_at?.toISOString() ?? null,
  }));
}

/**
 * Has it told once more, under the id that it had, with all its tries ahead again. Asking twice changes nothing.
 * @param id with or without `msg_` @throws DearlyError `webhook-missing`
 */
export async function redeliver(db: Database, id: string, endpointId?: string): Promise<void> {
  const own = idOf(id);
  const { rows } = await sql`
    with named as (
      select id from webhook_deliveries where id = ${own} and endpoint_id = coalesce(${endpointId ?? null}::uuid, endpoint_id)
    ), again as (
      update webhook_deliveries set state = 'pending', attempt = 0, next_at = now(), ended_at = null
      where id in (select id from named) and state <> 'pending'
    )
    select id from named`.execute(db);
  if (rows.length === 0) throw new DearlyError('webhook-missing', `There is no webhook delivery ${id}.`);
}

/** The nil UUID, which no row has, for what is none. */
function idOf(id: string): string {
  const own = id.replace(/^msg_/, '');
  return uuid.test(own) ? own : '00000000-0000-0000-0000-000000000000';
}

/** The same for all of an endpoint's that failed. Returns how many. */
export async function redeliverFailed(db: Database, endpointId: string): Promise<number> {
  const { numAffectedRows } = await sql`
    update webhook_deliveries set state = 'pending', attempt = 0, next_at = now(), ended_at = null
    where endpoint_id::text = ${endpointId} and state = 'failed'`.execute(db);
  return Number(numAffectedRows ?? 0);
}

/** Something harmless to tell, due at once. Returns its id. */
export async function addTestDelivery(db: Database, endpointId: string): Promise<string> {
  const { id } = await db
    .insertInto('webhook_deliveries')
    .values({ endpoint_id: endpointId, type: testType, data: JSON.stringify({ hello: 'from Dearly' }) })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** The log of what has ended is kept for a month. Returns how many lines went. */
export async function forgetOldDeliveries(db: Database): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from webhook_deliveries where ended_at < now() - interval '30 days'`.execute(db);
  return Number(numAffectedRows ?? 0);
}
