// Parts of a statement: each writes to the outbox what the statement's own change is to be told as, where anybody listens.
// In the same statement, so that neither a change goes untold nor something is told that was rolled back.
import { type RawBuilder, sql } from 'kysely';
import { typeOfEvent } from '../../../run/webhooks/webhook-types.ts';

/** A reason of ours, or the codes at the front of a mail server's answer; never its words, which may hold who it is. */
const reasonCode = sql`coalesce(
  substring(changed.reason from '^[a-z][a-z0-9-]*(?=$|:)'),
  substring(changed.reason from '^[245][0-9]{2}(?:[ -][245]\\.[0-9]{1,3}\\.[0-9]{1,3})?')
)`;

const listens = (type: RawBuilder<unknown>) => sql`
  webhook_endpoints.disabled_at is null and webhook_endpoints.types && array['*', ${type}]`;

/** Only ids: whoever may know more asks the API. */
const ofRun = sql`
  'campaign', runs.name, 'kind', runs.kind, 'occurrence', runs.occurrence, 'run', runs.id`;

/**
 * For rows of the ledger that came to an end. `changed` must give id, run_id, profile_id, state, reason and variant. Rows
 * without a person say nothing: who was erased is not talked about.
 */
export const layMessages: RawBuilder<unknown> = sql`
  insert into webhook_deliveries (endpoint_id, profile_id, type, data)
  select webhook_endpoints.id, profiles.id, 'message.' || changed.state, jsonb_strip_nulls(jsonb_build_object(
    ${ofRun}, 'message', changed.id, 'externalId', profiles.external_id, 'variant', changed.variant,
    'reason', case when changed.state <> 'accepted' then ${reasonCode} end))
  from changed
    join webhook_endpoints on ${listens(sql`'message.' || changed.state`)}
    join runs on runs.id = changed.run_id
    join profiles on profiles.id = changed.profile_id
  where changed.state in ('accepted', 'bounced', 'failed', 'unknown', 'skipped')`;

/** For a run that began, rests or ended; of campaigns alone. `changed` must give id and reason. */
export function layRun(type: 'started' | 'paused' | 'completed' | 'cancelled'): RawBuilder<unknown> {
  const whole = `campaign.${type}`;
  return sql`
    insert into webhook_deliveries (endpoint_id, type, data)
    select webhook_endpoints.id, ${whole}, jsonb_strip_nulls(jsonb_build_object(${ofRun}, 'reason', ${reasonCode}))
    from changed
      join runs on runs.id = changed.id and runs.kind = 'campaign'
      join webhook_endpoints on ${listens(sql`${whole}::text`)}`;
}

/** For what people did; hits of machines are not told. `noted` must give ledger_id, kind, machine, at and data of new events. */
export const layEvents: RawBuilder<unknown> = sql`
  insert into webhook_deliveries (endpoint_id, profile_id, type, at, data)
  select webhook_endpoints.id, profiles.id, told.type, noted.at, jsonb_strip_nulls(jsonb_build_object(
    ${ofRun}, 'message', ledger.id, 'externalId', profiles.external_id, 'variant', ledger.variant,
    'target', case when noted.kind = 'click' then noted.data -> 'target' end,
    'form', case when noted.kind in ('answer', 'conversion') then noted.data -> 'form' end,
    'purpose', case when noted.kind = 'unsubscribe' then noted.data -> 'purpose' end))
  from noted
    join unnest(
      ${Object.keys(typeOfEvent)}::text[], ${Object.values(typeOfEvent)}::text[]
    ) as told (kind, type) on told.kind = noted.kind
    join webhook_endpoints on ${listens(sql`told.type`)}
    join ledger on ledger.id = noted.ledger_id
    join runs on runs.id = ledger.run_id
    join profiles on profiles.id = ledger.profile_id
  where not noted.machine`;
