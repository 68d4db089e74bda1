-- Which film somebody asked for over the API: whoever asked may ask how far it is. Goes with its snapshot.
create table renders (
  snapshot_id uuid primary key references snapshots on delete cascade,
  -- The API key's id.
  caller text not null,
  format text not null,
  at timestamptz not null default now()
);
