import { sql } from 'kysely';
import { burstMs } from '../../track/hit.ts';
import type { Database } from './connect.ts';

/**
 * Whoever follows two different links of a message within a second tries them all: then these clicks, and what else was done
 * with the message within that second, are a machine's, those counted as a person's before included. To be asked after a
 * click was kept: of two clicks at once, whichever asks last sees both. Returns how many hits it marked.
 */
export async function markBurst(db: Database, snapshotId: string, at: Date): Promise<number> {
  const { numAffectedRows } = await sql`
    with lately as (
      select id, at, data ->> 'target' as target from events
      where snapshot_id = ${snapshotId}::uuid and kind = 'click'
        and at > ${at}::timestamptz - 2 * ${burstMs} * interval '1 millisecond'
    ), burst as (
      select min(one.at) as since, max(one.at) as until from lately as one join lately as other
        on one.target <> other.target and abs(extract(epoch from one.at - other.at)) * 1000 < ${burstMs}
    )
    update events set machine = true, data = data || '{"sign": "burst"}'
    from burst
    where snapshot_id = ${snapshotId}::uuid and not machine and kind in ('open', 'click', 'visit', 'download')
      and events.at between burst.since - ${burstMs} * interval '1 millisecond' and burst.until`.execute(db);
  return Number(numAffectedRows ?? 0);
}
