-- Pace and chores, shared by all workers. Unlogged: after a crash of the server both start anew, which costs nothing, and
-- no slot waits for the disk.

create unlogged table rates (
  -- campaign/NAME, domain/NAME, or queue/RUN/DOMAIN: when the next slot is free.
  key text primary key,
  next_at timestamptz not null default '-infinity'
) with (fillfactor = 50);

-- Domains whose server asked for less, and '*' for the server that all mail goes through. Kept while it has strikes.
create table domain_pauses (
  domain text primary key,
  until timestamptz not null,
  strikes integer not null default 1,
  response text not null
);

create unlogged table chores (
  name text primary key,
  due_at timestamptz not null default '-infinity',
  -- A worker is at it, and renews this; one that was stopped does not.
  busy_until timestamptz,
  ran_at timestamptz,
  error text
);

-- Slots of one limit, or one slot that fits a campaign's and a domain's limit alike. Nothing is reserved when the first is
-- further away than within_ms, or when the domain's is later than the campaign's by more than slack_ms: somebody else's
-- message may have that one. wait_ms says when to ask again, or when the first slot is.
create function reserve_slots(
  campaign text, campaign_gap_ms float8, domain text, domain_gap_ms float8,
  wanted integer, within_ms float8, slack_ms float8
) returns table (granted boolean, by_domain boolean, wait_ms float8)
language plpgsql as $$
declare
  asked_at timestamptz;
  campaign_at timestamptz;
  domain_at timestamptz;
  start_at timestamptz;
begin
  insert into rates (key)
    select asked from unnest(array[campaign, domain]) as asked where asked is not null order by asked
    on conflict do nothing;
  -- Always in the same order, so that two never wait for each other.
  perform from rates where key in (campaign, domain) order by key for update;
  asked_at := clock_timestamp();
  select greatest(next_at, asked_at) into campaign_at from rates where key = campaign;
  select greatest(next_at, asked_at) into domain_at from rates where key = domain;
  start_at := greatest(campaign_at, domain_at);
  by_domain := domain_at is not null and (campaign_at is null or domain_at > campaign_at);
  granted := start_at <= asked_at + within_ms * interval '1 millisecond'
    and (campaign_at is null or domain_at is null or domain_at <= campaign_at + slack_ms * interval '1 millisecond');
  wait_ms := extract(epoch from start_at - asked_at) * 1000;
  if granted then
    update rates set next_at = campaign_at + wanted * campaign_gap_ms * interval '1 millisecond' where key = campaign;
    update rates set next_at = start_at + wanted * domain_gap_ms * interval '1 millisecond' where key = domain;
  end if;
  return next;
end $$;
