-- A page that is opened for the first time costs less, and one that is opened again knows what was answered.

-- A body is kept and given back whole. As text it is as it was written, smaller, and given back five times as fast as jsonb,
-- which is put together anew each time. Rewrites the table once.
alter table snapshots alter column body type json using body::json;

-- What was answered behind a link, the latest first.
create index events_answers on events (snapshot_id, id desc) where kind = 'answer';
