-- What is asked in the chat of a page, and said back. It goes with the snapshot, and so with the person.
create table chats (
  id uuid primary key default gen_random_uuid(),
  snapshot_id uuid not null unique references snapshots on delete cascade,
  -- Since then a person, or somebody's bot, reads along.
  handed_over_at timestamptz,
  created_at timestamptz not null default now()
);

create table chat_messages (
  -- Written under the chat's lock, so within one chat it is the order in which they can be seen.
  seq bigint generated always as identity primary key,
  chat_id uuid not null references chats on delete cascade,
  -- Given by whoever said it; an answer has that of what it answers. The same one twice is one.
  key uuid not null,
  author text not null check (author in ('visitor', 'house', 'person')),
  text text not null,
  -- Of the house's: the question of the pack that it answered; null where it knew none.
  question text,
  at timestamptz not null,
  -- Of a visitor's that is for a person: how far it got on its way. `attempt` is also the fence.
  passing text check (passing in ('due', 'taken', 'failed')),
  attempt integer not null default 0,
  due_at timestamptz,
  unique (chat_id, author, key)
);
create index chat_messages_due on chat_messages (due_at) where passing = 'due';
