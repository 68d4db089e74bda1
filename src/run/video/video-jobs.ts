import type { Snapshot } from '../../merge/snapshot.ts';

export interface VideoJob {
  readonly key: string;
  readonly state: 'queued' | 'running' | 'done' | 'failed';
  /** 0 to 1. */
  readonly progress: number;
  readonly error: string | null;
  /** Since it last said something. */
  readonly ageSeconds: number;
}

export type Start =
  | { readonly kind: 'taken'; readonly snapshot: Snapshot }
  /** Another worker draws it, and has said so in the last two minutes. */
  | { readonly kind: 'busy' }
  /** The person was erased meanwhile. */
  | { readonly kind: 'gone' };

/** What became of every video asked for. One row per content key. */
export interface VideoJobs {
  find(key: string): Promise<VideoJob | null>;
  /** Puts it in the queue unless it is queued or running; at most `limit` may wait, else null. */
  enqueue(key: string, snapshotId: string, limit: number): Promise<VideoJob | null>;
  /** Takes it, for one worker alone. */
  start(key: string): Promise<Start>;
  progress(key: string, share: number): Promise<void>;
  /** False when the person was erased while it was drawn: then nothing may be kept. */
  finish(key: string): Promise<boolean>;
  /** False as with `finish`. */
  fail(key: string, error: string): Promise<boolean>;
}
