-- What a report counts stands in the ledger itself: no snapshot is opened for it, and erasing a person takes nothing from a count.

-- Whether the person had agreed to be counted when the message was handed over; null before that.
alter table ledger add column tracked boolean;
update ledger set tracked = (body ->> 'tracking')::boolean, variant = coalesce(variant, body ->> 'variant')
  from snapshots where snapshots.id = ledger.snapshot_id;
update events set ledger_id = ledger.id
  from ledger where ledger.snapshot_id = events.snapshot_id and events.ledger_id is null;

-- Counts are read from these alone.
create index ledger_accepted on ledger (run_id, phase, variant, tracked) include (id) where state = 'accepted';
create index ledger_sample on ledger (run_id, ended_at) where phase = 'sample';
drop index events_by_run;
create index events_by_run on events (run_id, kind, machine, ledger_id, at);
create index runs_undecided on runs (decide_at) where decide_at is not null and winner is null;
