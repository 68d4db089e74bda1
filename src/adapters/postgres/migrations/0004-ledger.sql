-- Campaigns that survive anything: variants tried on a sample, rows that wait, and a ledger of millions of rows.

alter table ledger
  -- 'sample' gets the variants first; 'rest' waits for the run's winner; null where the campaign takes no sample.
  add column phase text check (phase in ('sample', 'rest')),
  -- The recipient's, in lower case, as it was when the audience was frozen: for pace, not for addressing.
  add column domain text,
  -- How often the message was handed over. `attempt` counts claims too: it is the fence, not the number of tries.
  add column tries integer not null default 0,
  alter column next_at set default now();

-- What cannot be found by its time would be lost without a word. Hence checked, not hoped for.
update ledger set next_at = now() where state in ('planned', 'deferred') and next_at is null;
update ledger set lease_until = now() where state in ('claimed', 'handoff') and lease_until is null;
update ledger set lease_until = null where state not in ('claimed', 'handoff');
update ledger set tries = 1 where snapshot_id is not null;
alter table ledger
  add constraint ledger_due_has_time check (state not in ('planned', 'deferred') or next_at is not null),
  add constraint ledger_held_has_lease check ((state in ('claimed', 'handoff')) = (lease_until is not null)),
  add constraint ledger_end_has_time check
    ((state in ('planned', 'claimed', 'handoff', 'deferred')) = (ended_at is null));

alter table runs
  -- The variant that the rest gets.
  add column winner text,
  add column decide_at timestamptz,
  add column decided_at timestamptz,
  -- The figures it was decided on.
  add column decision jsonb;
comment on column runs.completed_at is 'Since when every row has ended, in a cancelled run too.';

-- Claims walk these from the front, and stop: no sort, and neither those who wait for a winner nor those who wait for
-- tomorrow are looked at.
drop index ledger_open;
create index ledger_due on ledger (run_id, next_at, id)
  where state in ('planned', 'deferred') and phase is distinct from 'rest';
create index ledger_due_rest on ledger (run_id, next_at, id)
  where state in ('planned', 'deferred') and phase = 'rest';
create index ledger_leases on ledger (run_id, lease_until) where state in ('claimed', 'handoff');
-- Counts are read from these alone.
create index ledger_by_state on ledger (run_id, state);
create index ledger_skips on ledger (run_id, reason) where state = 'skipped';
drop index ledger_by_snapshot;
create index ledger_by_snapshot on ledger (snapshot_id) where snapshot_id is not null;

create index runs_open on runs (state) where completed_at is null;
create index runs_by_name on runs (name, created_at desc);

-- Each message changes its row three times: cleaned up long before a fifth of a large table is dead, so that counts stay
-- in the index alone.
alter table ledger set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.05);
