-- How far somebody came in a film and how long they read, beside the event: a report reads no event's data for it.

alter table events add column mark smallint generated always as (
  -- What a page says of itself may be anything: what is no figure marks nothing.
  case when kind in ('video-progress', 'read') then
    case when jsonb_typeof(data -> case kind when 'read' then 'seconds' else 'percent' end) = 'number' then
      least(32767, greatest(0, trunc((data -> case kind when 'read' then 'seconds' else 'percent' end)::numeric)))::smallint
    end
  end
) stored;

-- Reports are counted from this alone.
drop index events_by_run;
create index events_by_run on events (run_id, kind, machine, ledger_id, at) include (mark);
