-- Scenes drawn once, under content keys. A row is there before its segment is, so that nothing is kept that nobody knows of.
create table segments (
  key text primary key,
  -- Null until it is drawn.
  size_bytes bigint,
  used_at timestamptz not null default now()
);
create index segments_used_at on segments (used_at);

-- Every way that scenes were ever drawn: with it and a snapshot each segment of a person can be named again.
create table segment_makers (
  drawn_by text primary key
);
