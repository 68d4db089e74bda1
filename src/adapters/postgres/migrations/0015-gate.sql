-- Wrong answers at a message's gate. Goes with its snapshot.
create table gate_tries (
  snapshot_id uuid primary key references snapshots on delete cascade,
  -- Since the last right answer, and in all.
  wrong int not null default 0,
  total int not null default 0,
  locked_until timestamptz
);
