import { PgBoss } from 'pg-boss';
import type { Queue } from '../../run/queue.ts';

const runs = 'dearly-runs';
const videos = 'dearly-videos';

export interface Work {
  onRun(runId: string, signal: AbortSignal): Promise<void>;
  onVideo(key: string, signal: AbortSignal): Promise<void>;
  readonly videosAtOnce: number;
}

export interface PgQueue extends Queue {
  /** Takes jobs from now on; `close` lets those under way end. */
  work(work: Work): Promise<void>;
  close(): Promise<void>;
}

/** pg-boss on our own PostgreSQL. Its tables stand in a schema of their own, `pgboss`. */
export async function openQueue(databaseUrl: string, onError: (error: Error) => void): Promise<PgQueue> {
  const boss = new PgBoss({ connectionString: databaseUrl, application_name: 'dearly-queue', max: 4 });
  boss.on('error', onError);
  await boss.start();
  // Short: one waiting wake-up per run is enough, and a new one may wait while another is worked on.
  await boss.createQueue(runs, {
    policy: 'short',
    retryLimit: 5,
    retryDelay: 5,
    expireInSeconds: 6 * 3600,
    heartbeatSeconds: 60,
  });
  // Exclusive: one job per video, queued or active. The heartbeat gives a killed worker's job to another in half a minute.
  await boss.createQueue(videos, {
    policy: 'exclusive',
    retryLimit: 2,
    expireInSeconds: 1800,
    heartbeatSeconds: 30,
  });

  return {
    async wakeRun(runId, at) {
      await boss.send(
        runs,
        { runId },
        { singletonKey: runId, ...(at === undefined ? {} : { startAfter: new Date(at) }) },
      );
    },
    async wakeVideo(key) {
      await boss.send(videos, { key }, { singletonKey: key });
    },
    async work(work) {
      const polling = { pollingIntervalSeconds: 1 };
      await boss.work<{ runId: string }>(runs, polling, async ([job]) => {
        if (job) await work.onRun(job.data.runId, job.signal);
      });
      const { videosAtOnce } = work;
      // While more wait than are under way, the next is fetched without a pause: a film whose scenes are kept takes less than one.
      const many = { ...polling, localConcurrency: videosAtOnce, burstWhenReadyExceeds: videosAtOnce };
      await boss.work<{ key: string }>(videos, many, async ([job]) => {
        if (job) await work.onVideo(job.data.key, job.signal);
      });
    },
    close: () => boss.stop({ graceful: true, timeout: 30_000 }),
  };
}
