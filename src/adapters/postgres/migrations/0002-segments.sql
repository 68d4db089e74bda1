-- Scenes drawn once, under content keys. A row is there before its segment is, so that nothing is kept that nobody knows of.
create table segments (
  key text primary key,
  -- The film that asked for it first: erasing that film's person takes it along.
  video_key text not null,
  -- Null until it is drawn.
  size_bytes bigint,
  used_at timestamptz not null default now()
);
create index segments_used_at on segments (used_at);
create index segments_video_key on segments (video_key);
