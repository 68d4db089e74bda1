-- Campaigns whose occurrences come by themselves. Each occurrence is a run of its own; this says only when the next one starts.
create table campaigns (
  name text primary key,
  definition jsonb not null,
  -- Null: none comes any more.
  next_at timestamptz,
  -- Occurrences that came while nobody was there to start them and that a newer one stood in for.
  missed integer not null default 0,
  missed_at timestamptz,
  -- Why the due one cannot be started (its pack is broken, say), and when that was tried last.
  trouble text,
  tried_at timestamptz,
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default now()
);
create index campaigns_due on campaigns (next_at) where next_at is not null;
create index if not exists runs_by_name on runs (name, created_at desc);
