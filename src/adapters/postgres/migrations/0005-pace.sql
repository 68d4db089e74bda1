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

-- Slots in a row of one limit, or one slot that fits a campaign's and a domain's limit alike ('granted'). Where the domain's is
-- later by more than slack_ms, it alone is taken ('held'): the campaign's may be somebody else's meanwhile. Nothing is taken
-- ('none') when the campaign's is further away than within_ms, or the domain's further behind it than hold_ms.
create function reserve_slots(
  campaign text, campaign_gap_ms float8, domain text, domain_gap_ms float8,
  wanted integer, within_ms float8, slack_ms float8, hold_ms float8
) returns table (outcome text, by_domain boolean, wait_ms float8)
language plpgsql as $$
declare
  asked_at timestamptz;
  campaign_at timestamptz;
  domain_at timestamptz;
  start_at timestamptz;
  behind_ms float8;
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
  wait_ms := extract(epoch from start_at - asked_at) * 1000;
  behind_ms := coalesce(extract(epoch from domain_at - coalesce(campaign_at, asked_at)) * 1000, 0);
  by_domain := behind_ms > 0;
  outcome := case
    when extract(epoch from campaign_at - asked_at) * 1000 > within_ms or behind_ms > hold_ms then 'none'
    when campaign_at is not null and behind_ms > slack_ms then 'held'
    else 'granted'
  end;
  if outcome = 'granted' then
    update rates set next_at = campaign_at + wanted * campaign_gap_ms * interval '1 millisecond' where key = campaign;
  end if;
  if outcome <> 'none' then
    update rates set next_at = start_at + wanted * domain_gap_ms * interval '1 millisecond' where key = domain;
  end if;
  return next;
end $$;
