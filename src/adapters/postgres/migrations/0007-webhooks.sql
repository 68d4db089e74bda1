-- What may call us, whom we call, and what was said. Secrets are sealed (run/webhooks/seal.ts): they must be read to sign.

create table triggers (
  name text primary key,
  -- A campaign without an audience, as its file was when it was registered.
  campaign jsonb not null,
  secret bytea not null,
  -- While the CRM changes over, the one before is good as well.
  former_secret bytea,
  former_until timestamptz,
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default now()
);

-- What an event brought along; its run (runs.name, runs.occurrence) says what became of it. Goes with the person.
create table trigger_events (
  trigger text not null,
  event_id text not null,
  profile_id uuid not null references profiles on delete cascade,
  -- The same id with another body is another event under a used name.
  body_hash bytea not null,
  -- Facts of this event alone: they lie on top of the person's for the one message.
  data jsonb not null default '{}',
  occurred_at timestamptz not null,
  taken_at timestamptz not null default now(),
  primary key (trigger, event_id)
);
create index trigger_events_by_profile on trigger_events (profile_id);

create table webhook_endpoints (
  id uuid primary key default gen_random_uuid(),
  url text not null,
  -- `*` stands for all.
  types text[] not null,
  secret bytea not null,
  former_secret bytea,
  former_until timestamptz,
  created_at timestamptz not null default now(),
  -- Since the first try that failed with none that went well after it.
  failing_since timestamptz,
  disabled_at timestamptz,
  disabled_why text
);

-- Outbox and log in one: written with the change that it tells of, kept for a while after it was told.
create table webhook_deliveries (
  -- Also `webhook-id`.
  id uuid primary key default gen_random_uuid(),
  endpoint_id uuid not null references webhook_endpoints on delete cascade,
  -- Whom it is about; erasing them takes it along. No reference: it would lock the person behind the ledger's row, and who
  -- erases locks them the other way round.
  profile_id uuid,
  type text not null,
  at timestamptz not null default now(),
  data jsonb not null,
  state text not null default 'pending' check (state in ('pending', 'delivered', 'failed')),
  -- Also the fence: whoever took an earlier try writes nothing.
  attempt integer not null default 0,
  -- When it is due, or, while somebody is at it, when that one is given up.
  next_at timestamptz default now(),
  last_status integer,
  last_error text,
  duration_ms integer,
  ended_at timestamptz
);
create index webhook_deliveries_due on webhook_deliveries (endpoint_id, next_at) where state = 'pending';
create index webhook_deliveries_log on webhook_deliveries (endpoint_id, at desc);
create index webhook_deliveries_by_profile on webhook_deliveries (profile_id) where profile_id is not null;
create index webhook_deliveries_ended on webhook_deliveries (ended_at) where ended_at is not null;
