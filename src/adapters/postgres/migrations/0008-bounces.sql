-- What comes after a mail server's yes: bounces, complaints, and what a CRM tells of a person later.

-- A conversion may belong to a row without a snapshot: one that was held out, or whose person's pages are gone.
alter table events add column ledger_id uuid references ledger on delete set null;
create index events_by_row on events (ledger_id) where ledger_id is not null;

-- Whom the row was handed over to, as the suppression list knows addresses: a person may have another one by the time
-- the bounce comes back.
alter table ledger add column address_hash bytea;

-- Each report once, by a hash of what names it: mail servers and providers say things twice.
create table reports (
  key bytea primary key,
  at timestamptz not null default now()
);
create index reports_by_time on reports using brin (at);

-- Messages that came back for a reason that may pass. Several in a row suppress the address.
create table soft_bounces (
  ledger_id uuid primary key references ledger on delete cascade,
  address_hash bytea not null,
  -- When the mail server had taken the message: reports come late and out of order.
  sent_at timestamptz not null,
  at timestamptz not null default now()
);
create index soft_bounces_by_address on soft_bounces (address_hash, sent_at);

-- For counters that read what is new alone: the table only grows, in the order of time.
create index ledger_history_by_time on ledger_history using brin (at);

-- What an operator is to see at a glance is counted from these alone.
create index ledger_unknown on ledger (run_id) where state = 'unknown';
create index video_jobs_open on video_jobs (state) where state <> 'done';
