// The tables as Kysely sees them. snake_case ends at this folder's door.
import type { ColumnType, Generated } from 'kysely';
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
  ledger: {
    id: Generated<string>;
    run_id: string;
    profile_id: string | null;
    state: Generated<string>;
    reason: string | null;
    variant: string | null;
    attempt: Generated<number>;
    lease_until: Timestamp | null;
    next_at: Timestamp | null;
    first_tried_at: Timestamp | null;
    snapshot_id: string | null;
    message_id: string | null;
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
  };
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
  api_keys: {
    id: string;
    name: string;
    hash: Buffer;
    scopes: string[];
    created_at: Now;
    last_used_at: Timestamp | null;
    revoked_at: Timestamp | null;
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
