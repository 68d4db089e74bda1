import type { Snapshot } from '../merge/snapshot.ts';

export interface VideoJob {
  readonly key: string;
  readonly state: 'queued' | 'running' | 'done' | 'failed';
  /** 0 to 1. */
  readonly progress: number;
  readonly error: string | null;
}

/** What became of every video asked for. One row per content key. */
export interface VideoJobs {
  find(key: string): Promise<VideoJob | null>;
  /** Puts it in the queue unless it is queued or running; at most `limit` may wait, else null. */
  enqueue(key: string, snapshotId: string, limit: number): Promise<VideoJob | null>;
  /** The snapshot to draw it from; null when its person was erased meanwhile. */
  start(key: string): Promise<Snapshot | null>;
  progress(key: string, share: number): Promise<void>;
  finish(key: string): Promise<void>;
  fail(key: string, error: string): Promise<void>;
}
