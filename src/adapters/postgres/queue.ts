// Enters: wake-ups. Leaves: calls in some worker, each once at a time. Never: the truth; a lost or doubled wake-up costs time alone.
import { PgBoss } from 'pg-boss';
import type { Queue } from '../../run/queue.ts';

const runs = 'dearly-runs';
const videos = 'dearly-videos';
const lostVideos = 'dearly-lost-videos';

export interface Work {
  /** Left out: this process sends nothing. */
  onRun?(runId: string, signal: AbortSignal): Promise<void>;
  onVideo(key: string, signal: AbortSignal): Promise<void>;
  /** Its workers failed or went away, one after the other: nobody will try again by himself. */
  onLostVideo?(key: string): Promise<void>;
  /** Different runs in turn, so that a slow one holds no other up. */
  readonly runsAtOnce?: number;
  /** 0: this process draws nothing. */
  readonly videosAtOnce: number;
  /** Asks the jobs under way to end, and ends what goes on beside them; the queue closes after it. */
  end?(): Promise<void>;
}

export interface PgQueue extends Queue {
  /** Takes jobs from now on; `close` lets those under way end. */
  work(work: Work): Promise<void>;
  close(): Promise<void>;
}

/** Jobs under way at `close` have this long. */
const farewellMs = 15_000;

/**
 * pg-boss on our own PostgreSQL. Its tables stand in a schema of their own, `pgboss`. While the server is away it says so
 * through `onError`, and goes on once it is back.
 */
export async function openQueue(databaseUrl: string, onError: (error: Error) => void): Promise<PgQueue> {
  // How often it looks for jobs whose heartbeat has stopped; by itself it would once a minute.
  const looks = { superviseIntervalSeconds: 10, monitorIntervalSeconds: 10 };
  const boss = new PgBoss({
    connectionString: databaseUrl,
    application_name: 'dearly-queue',
    max: 4,
    ...looks,
  });
  let isClosing = false;
  // What its last connections say when the server stops behind it, nobody need hear.
  boss.on('error', (error) => isClosing || onError(error));
  await boss.start();
  const works: Work[] = [];

  async function open(
    name: string,
    policy: 'short' | 'exclusive' | 'standard',
    options: Parameters<PgBoss['updateQueue']>[1],
  ): Promise<void> {
    await boss.createQueue(name, { policy });
    await boss.updateQueue(name, options);
  }
  // Short: one waiting wake-up per run is enough, and a new one may wait while another is worked on. It is never tried again:
  // the tick sees what is left of the run.
  await open(runs, 'short', {
    retryLimit: 0,
    expireInSeconds: 900,
    heartbeatSeconds: 30,
    deleteAfterSeconds: 3600,
  });
  await open(lostVideos, 'standard', { deleteAfterSeconds: 7 * 24 * 3600 });
  // Exclusive: one job per video, queued or active. The heartbeat gives a killed worker's job to another within three quarters of a minute.
  await open(videos, 'exclusive', {
    retryLimit: 2,
    expireInSeconds: 1800,
    heartbeatSeconds: 30,
    deadLetter: lostVideos,
    deleteAfterSeconds: 24 * 3600,
  });

  return {
    async wakeRun(runId, at) {
      if (at !== undefined && Date.parse(at) > Date.now() + 1000) return;
      await boss.send(runs, { runId }, { singletonKey: runId, group: { id: runId } });
    },
    async wakeVideo(key) {
      await boss.send(videos, { key }, { singletonKey: key });
    },
    async work(work) {
      works.push(work);
      const { videosAtOnce, runsAtOnce = 1, onRun, onLostVideo } = work;
      const polling = { pollingIntervalSeconds: 1 };
      if (onRun) {
        // A process works on a run once; a second wake-up of it is for another process.
        const inTurn = { ...polling, localConcurrency: runsAtOnce, localGroupConcurrency: 1 };
        await boss.work<{ runId: string }>(runs, inTurn, async ([job]) => {
          if (job) await onRun(job.data.runId, job.signal);
        });
      }
      if (onLostVideo)
        await boss.work<{ key: string }>(lostVideos, { pollingIntervalSeconds: 5 }, async ([job]) => {
          if (job) await onLostVideo(job.data.key);
        });
      if (videosAtOnce === 0) return;
      // While more wait than are under way, the next is fetched without a pause: a film whose scenes are kept takes less than one.
      const many = { ...polling, localConcurrency: videosAtOnce, burstWhenReadyExceeds: videosAtOnce };
      await boss.work<{ key: string }>(videos, many, async ([job]) => {
        if (job) await work.onVideo(job.data.key, job.signal);
      });
    },
    async close() {
      isClosing = true;
      await Promise.all(works.map((work) => work.end?.()));
      await boss.stop({ graceful: true, timeout: farewellMs });
    },
  };
}
