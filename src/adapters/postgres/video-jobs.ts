import { sql } from 'kysely';
import type { Snapshot } from '../../merge/snapshot.ts';
import type { VideoJob, VideoJobs } from '../../run/video/video-jobs.ts';
import type { Database } from './connect.ts';

/** A running one reports every second; after two minutes of silence its worker is gone. */
const isAbandoned = sql<boolean>`(video_jobs.state = 'running' and video_jobs.updated_at < now() - interval '2 minutes')`;

export function postgresVideoJobs(db: Database): VideoJobs {
  const columns = ['key', 'state', 'progress', 'error'] as const;
  const ageSeconds = sql<number>`extract(epoch from now() - video_jobs.updated_at)::float8`;

  async function find(key: string): Promise<VideoJob | null> {
    const job = await db
      .selectFrom('video_jobs')
      .select([...columns, ageSeconds.as('ageSeconds')])
      .where('key', '=', key)
      .executeTakeFirst();
    return job ?? null;
  }

  async function set(
    key: string,
    values: { state?: VideoJob['state']; progress?: number; error?: string | null },
  ) {
    const { numUpdatedRows } = await db
      .updateTable('video_jobs')
      .set({ ...values, updated_at: sql`now()` })
      .where('key', '=', key)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  return {
    find,
    async enqueue(key, snapshotId, limit) {
      const { rows } = await sql<VideoJob>`
        insert into video_jobs (key, snapshot_id, state)
        select ${key}, ${snapshotId}, 'queued'
        where (select count(*) from video_jobs where state = 'queued') < ${limit}
        on conflict (key) do update set state = 'queued', snapshot_id = excluded.snapshot_id, progress = 0, error = null,
          updated_at = now() where video_jobs.state in ('done', 'failed') or ${isAbandoned}
        returning key, state, progress, error, ${ageSeconds} as "ageSeconds"`.execute(db);
      return rows[0] ?? (await find(key));
    },
    async start(key) {
      const { rows } = await sql<{ body: Snapshot | null }>`
        update video_jobs set state = 'running', progress = 0, error = null, updated_at = now()
        from video_jobs as job left join snapshots on snapshots.id = job.snapshot_id
        where video_jobs.key = ${key} and job.key = video_jobs.key
          and (video_jobs.state <> 'running' or ${isAbandoned})
        returning snapshots.body`.execute(db);
      const [row] = rows;
      if (row === undefined) return { kind: 'busy' };
      return row.body === null ? { kind: 'gone' } : { kind: 'taken', snapshot: row.body };
    },
    progress: async (key, share) => void (await set(key, { progress: share })),
    finish: (key) => set(key, { state: 'done', progress: 1 }),
    fail: (key, error) => set(key, { state: 'failed', error }),
  };
}
