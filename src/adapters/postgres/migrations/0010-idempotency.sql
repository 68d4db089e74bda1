-- Each request drops the answers of the day before: found by their time, not by looking at all of today's.
create index idempotency_by_time on idempotency (created_at);
