import { type RawBuilder, sql } from 'kysely';
import type { Json } from '../../../profile/profile.ts';
import type { Delivery, Outbox, Tried } from '../../../run/webhooks/outbox.ts';
import type { Database } from '../connect.ts';
import { endpointRow } from './endpoints.ts';
import { openSecretsOrNone, type SecretColumns } from './signing-secrets.ts';

/** An endpoint that has failed for so long is told nothing more. */
const disabledAfter = '3 days';

interface Row extends SecretColumns {
  id: string;
  url: string;
  type: string;
  at: Date;
  data: Json;
  attempt: number;
}

/** The outbox is a table; SKIP LOCKED keeps those who take from it out of each other's way. */
export function postgresOutbox(db: Database, houses: readonly Buffer[], now: () => Date): Outbox {
  return {
    async due() {
      const { rows } = await sql<{ id: string }>`
        select id from webhook_endpoints where disabled_at is null and exists (
          select from webhook_deliveries
          where endpoint_id = webhook_endpoints.id and state = 'pending' and next_at <= now())`.execute(db);
      return rows.map((row) => row.id);
    },

    async claim(endpointId, { limit, leaseMs }) {
      const { rows } = await sql<Row>`
        with endpoint as (
          select * from webhook_endpoints where id = ${endpointId} and disabled_at is null
        ), due as (
          select id from webhook_deliveries
          where endpoint_id = (select id from endpoint) and state = 'pending' and next_at <= now()
          order by next_at
          limit (select case when failing_since is null then ${limit}::integer else 1 end from endpoint)
          for update skip locked
        )
        update webhook_deliveries as taken set
          attempt = attempt + 1, next_at = now() + ${leaseMs} * interval '1 millisecond'
        from due, endpoint where taken.id = due.id
        returning taken.id, endpoint.url, endpoint.secret, endpoint.former_secret, endpoint.former_until,
          taken.type, taken.at, taken.data, taken.attempt`.execute(db);
      return rows.map(({ id, url, type, at, data, attempt, ...secrets }) => ({
        ...{ id, endpointId, url, type, at: at.toISOString(), data, attempt },
        secrets: openSecretsOrNone(houses, endpointRow(endpointId), secrets, now()),
      }));
    },

    async delivered(delivery, tried) {
      await sql`
        with noted as (${note(delivery, tried, sql`state = 'delivered', next_at = null, ended_at = now()`)})
        update webhook_endpoints set failing_since = null
        where id in (select endpoint_id from noted) and failing_since is not null`.execute(db);
    },

    async failed(delivery, tried, retryMs) {
      const then =
        retryMs === null
          ? sql`state = 'failed', next_at = null, ended_at = now()`
          : sql`next_at = now() + ${retryMs} * interval '1 millisecond'`;
      const { rows } = await sql<{ is_over: boolean }>`
        with noted as (${note(delivery, tried, then)})
        update webhook_endpoints set failing_since = coalesce(failing_since, now())
        where id in (select endpoint_id from noted) and disabled_at is null
        returning failing_since < now() - ${disabledAfter}::interval as is_over`.execute(db);
      if (rows[0]?.is_over) await this.disable(delivery.endpointId, `It has failed for ${disabledAfter}.`);
    },

    async disable(endpointId, why) {
      const { numAffectedRows } = await sql`
        update webhook_endpoints set disabled_at = now(), disabled_why = ${why}
        where id = ${endpointId} and disabled_at is null`.execute(db);
      if (!numAffectedRows) return;
      // Apart, and by one alone: who notes a try locks its delivery before the endpoint.
      await sql`
        update webhook_deliveries set
          state = 'failed', next_at = null, ended_at = now(), last_error = coalesce(last_error, 'endpoint-disabled')
        where endpoint_id = ${endpointId} and state = 'pending'`.execute(db);
    },
  };
}

/** What came of a try, unless somebody else has taken the delivery since. */
function note({ id, attempt }: Delivery, tried: Tried, then: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    update webhook_deliveries set
      last_status = ${tried.status}, last_error = ${tried.error}, duration_ms = ${tried.durationMs}, ${then}
    where id = ${id} and attempt = ${attempt} and state = 'pending' returning endpoint_id`;
}
