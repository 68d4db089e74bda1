-- Keys that must outlive a change of DEARLY_SECRET, sealed under it: the one that hashes suppressed addresses. A hash cannot
-- be made anew without its address, and of who was erased nothing else is left.
create table house_keys (
  name text primary key,
  sealed bytea not null,
  -- When the secret that seals it was set: messages of before carry links of the one before.
  sealed_at timestamptz not null default now()
);

-- Links are looked up by when they end, for all that one secret has signed.
create index snapshots_by_end on snapshots (expires_at) where revoked_at is null;
