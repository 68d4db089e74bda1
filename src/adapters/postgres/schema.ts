// The tables as Kysely sees them. snake_case ends at this folder's door.
import type { ColumnType, Generated, GeneratedAlways } from 'kysely';
import type { Snapshot } from '../../merge/snapshot.ts';
import type { Consents, Facts, Json } from '../../profile/profile.ts';
import type { Format } from '../../template/composition.ts';

type Timestamp = ColumnType<Date, Date | string, Date | string>;
type Now = ColumnType<Date, Date | string | undefined, Date | string>;
/** Written as text (`JSON.stringify`), read as a value. */
type Jsonb<T> = ColumnType<T, string, string>;

export interface Schema {
  profiles: {
    id: Generated<string>;
    external_id: string;
    email: string | null;
    first_name: Generated<string>;
    last_name: Generated<string>;
    locale: Generated<string>;
    time_zone: Generated<string>;
    consents: ColumnType<Consents, string | undefined, string>;
    facts: ColumnType<Facts, string | undefined, string>;
    created_at: Now;
    updated_at: Now;
  };
  suppressions: { address_hash: Buffer; purpose: string; reason: string; at: Now };
  pack_versions: { name: string; version: string; files: Jsonb<Record<string, string>>; created_at: Now };
  runs: {
    id: Generated<string>;
    kind: 'campaign' | 'trigger' | 'render';
    name: string;
    occurrence: string;
    campaign: Jsonb<Json>;
    state: 'planning' | 'running' | 'paused' | 'cancelled' | 'completed';
    pause_reason: string | null;
    winner: string | null;
    decide_at: Timestamp | null;
    decided_at: Timestamp | null;
    decision: ColumnType<Json | null, string | null | undefined, string | null>;
    created_at: Now;
    completed_at: Timestamp | null;
  };
  snapshots: {
    id: string;
    profile_id: string;
    pack_name: string;
    pack_version: string;
    body: Jsonb<Snapshot>;
    made_at: Timestamp;
    expires_at: Timestamp;
    revoked_at: Timestamp | null;
  };
  gate_tries: {
    snapshot_id: string;
    wrong: Generated<number>;
    total: Generated<number>;
    locked_until: Timestamp | null;
  };
  ledger: {
    id: Generated<string>;
    run_id: string;
    profile_id: string | null;
    state: Generated<string>;
    reason: string | null;
    variant: string | null;
    phase: 'sample' | 'rest' | null;
    domain: string | null;
    tries: Generated<number>;
    attempt: Generated<number>;
    lease_until: Timestamp | null;
    next_at: ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
    first_tried_at: Timestamp | null;
    snapshot_id: string | null;
    message_id: string | null;
    tracked: boolean | null;
    address_hash: Buffer | null;
    ended_at: Timestamp | null;
  };
  ledger_history: {
    id: Generated<string>;
    ledger_id: string;
    at: Now;
    attempt: number;
    state: string;
    detail: string | null;
  };
  events: {
    id: Generated<string>;
    key: string;
    snapshot_id: string | null;
    /** The row that it speaks of; a held-out one has no snapshot. */
    ledger_id: string | null;
    run_id: string | null;
    kind: string;
    machine: boolean;
    at: Timestamp;
    data: ColumnType<Json, string | undefined, string>;
    /** How far in a film, in percent, or how long on the page, in seconds. */
    mark: GeneratedAlways<number | null>;
  };
  house_keys: { name: string; sealed: Buffer; sealed_at: Now };
  reports: { key: Buffer; at: Now };
  soft_bounces: { ledger_id: string; address_hash: Buffer; sent_at: Timestamp; at: Now };
  video_jobs: {
    key: string;
    snapshot_id: string | null;
    state: 'queued' | 'running' | 'done' | 'failed';
    progress: Generated<number>;
    error: string | null;
    updated_at: Now;
  };
  segments: { key: string; video_key: string; size_bytes: string | number | null; used_at: Now };
  renders: { snapshot_id: string; caller: string; format: Format; at: Now };
  campaigns: {
    name: string;
    definition: Jsonb<Json>;
    next_at: Timestamp | null;
    missed: Generated<number>;
    missed_at: Timestamp | null;
    trouble: string | null;
    tried_at: Timestamp | null;
    created_at: Now;
    changed_at: Now;
  };
  rates: { key: string; next_at: Now };
  domain_pauses: { domain: string; until: Timestamp; strikes: Generated<number>; response: string };
  chores: {
    name: string;
    due_at: Now;
    busy_until: Timestamp | null;
    ran_at: Timestamp | null;
    error: string | null;
  };
  api_keys: {
    id: string;
    name: string;
    hash: Buffer;
    scopes: string[];
    created_at: Now;
    last_used_at: Timestamp | null;
    revoked_at: Timestamp | null;
  };
  triggers: {
    name: string;
    campaign: Jsonb<Json>;
    secret: Buffer;
    former_secret: Buffer | null;
    former_until: Timestamp | null;
    created_at: Now;
    changed_at: Now;
  };
  trigger_events: {
    trigger: string;
    event_id: string;
    profile_id: string;
    body_hash: Buffer;
    data: ColumnType<Facts, string | undefined, string>;
    occurred_at: Timestamp;
    taken_at: Now;
  };
  webhook_endpoints: {
    id: Generated<string>;
    url: string;
    types: string[];
    secret: Buffer;
    former_secret: Buffer | null;
    former_until: Timestamp | null;
    created_at: Now;
    failing_since: Timestamp | null;
    disabled_at: Timestamp | null;
    disabled_why: string | null;
  };
  webhook_deliveries: {
    id: Generated<string>;
    endpoint_id: string;
    profile_id: string | null;
    type: string;
    at: Now;
    data: Jsonb<Json>;
    state: Generated<'pending' | 'delivered' | 'failed'>;
    attempt: Generated<number>;
    next_at: Timestamp | null;
    last_status: number | null;
    last_error: string | null;
    duration_ms: number | null;
    ended_at: Timestamp | null;
  };
  chats: {
    id: Generated<string>;
    snapshot_id: string;
    handed_over_at: Timestamp | null;
    created_at: Now;
  };
  chat_messages: {
    /** bigint. */
    seq: Generated<string>;
    chat_id: string;
    key: string;
    author: 'visitor' | 'house' | 'person';
    text: string;
    question: string | null;
    at: Timestamp;
    passing: 'due' | 'taken' | 'failed' | null;
    attempt: Generated<number>;
    due_at: Timestamp | null;
  };
  idempotency: {
    scope: string;
    key: string;
    request_hash: Buffer;
    status: number | null;
    body: ColumnType<Json | null, string | null, string | null>;
    created_at: Now;
  };
}
