-- The house as it first stood. Append-only: a change is a new file, never an edit of this one.

create table profiles (
  id uuid primary key default gen_random_uuid(),
  external_id text not null unique,
  email text,
  first_name text not null default '',
  last_name text not null default '',
  locale text not null default 'de-DE',
  time_zone text not null default 'Europe/Berlin',
  consents jsonb not null default '{}',
  facts jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

-- Outlives the profile, hence a keyed hash and no address. purpose '*' stands for all of them.
create table suppressions (
  address_hash bytea not null,
  purpose text not null,
  reason text not null,
  at timestamptz not null default now(),
  primary key (address_hash, purpose)
);

-- The text of every pack that ever stood behind a link, so that an edit changes no page already sent.
create table pack_versions (
  name text not null,
  version text not null,
  files jsonb not null,
  created_at timestamptz not null default now(),
  primary key (name, version)
);

-- One occurrence of a campaign, one trigger event or one delivered render.
create table runs (
  id uuid primary key default gen_random_uuid(),
  kind text not null check (kind in ('campaign', 'trigger', 'render')),
  name text not null,
  occurrence text not null,
  campaign jsonb not null,
  state text not null check (state in ('planning', 'running', 'paused', 'cancelled', 'completed')),
  pause_reason text,
  created_at timestamptz not null default now(),
  completed_at timestamptz,
  unique (kind, name, occurrence)
);

create table snapshots (
  id uuid primary key,
  profile_id uuid not null references profiles on delete cascade,
  pack_name text not null,
  pack_version text not null,
  body jsonb not null,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz
);
create index snapshots_by_profile on snapshots (profile_id);

-- One row per (run, profile). The queue only wakes workers; this is the truth.
create table ledger (
  id uuid primary key default gen_random_uuid(),
  run_id uuid not null references runs on delete cascade,
  profile_id uuid references profiles on delete set null,
  state text not null default 'planned' check (state in
    ('planned', 'claimed', 'handoff', 'accepted', 'deferred', 'unknown', 'skipped', 'cancelled', 'bounced', 'failed')),
  reason text,
  variant text,
  -- Fence: every write names the attempt it belongs to, so a worker that lost its lease writes nothing.
  attempt integer not null default 0,
  lease_until timestamptz,
  next_at timestamptz,
  first_tried_at timestamptz,
  snapshot_id uuid references snapshots on delete set null,
  message_id text,
  ended_at timestamptz,
  unique (run_id, profile_id)
);
create index ledger_open on ledger (run_id, next_at) where ended_at is null;
create index ledger_by_profile on ledger (profile_id);
create index ledger_by_snapshot on ledger (snapshot_id);

-- Who got what and when: one line per change of state, written in the same statement as the change.
create table ledger_history (
  id bigint generated always as identity primary key,
  ledger_id uuid not null references ledger on delete cascade,
  at timestamptz not null default now(),
  attempt integer not null,
  state text not null,
  detail text
);
create index ledger_history_by_row on ledger_history (ledger_id);

create table events (
  id bigint generated always as identity primary key,
  -- Given by the sender of the event; the same one twice counts once.
  key uuid not null unique,
  snapshot_id uuid references snapshots on delete set null,
  run_id uuid references runs on delete cascade,
  kind text not null,
  machine boolean not null,
  at timestamptz not null,
  data jsonb not null default '{}'
);
create index events_by_run on events (run_id, kind);
create index events_by_snapshot on events (snapshot_id);

-- One row per video ever asked for; its key names the content, so equal videos share it.
create table video_jobs (
  key text primary key,
  snapshot_id uuid references snapshots on delete set null,
  state text not null check (state in ('queued', 'running', 'done', 'failed')),
  progress real not null default 0,
  error text,
  updated_at timestamptz not null default now()
);

create table api_keys (
  id text primary key,
  name text not null,
  hash bytea not null,
  scopes text[] not null,
  created_at timestamptz not null default now(),
  last_used_at timestamptz,
  revoked_at timestamptz
);

create table idempotency (
  scope text not null,
  key text not null,
  request_hash bytea not null,
  -- Null while the first request is still being answered.
  status integer,
  body jsonb,
  created_at timestamptz not null default now(),
  primary key (scope, key)
);
