// Enters: a scene and the lane that draws it. Leaves: its segment, from memory, from storage or drawn now, once for all who ask.
// Never: one that does not hold together. A kept one that is broken is dropped and drawn again.
import { DearlyError } from '../../errors.ts';
import type { ArtefactStore } from '../../render/artefact-store.ts';
import type { Lane, SceneJob } from '../../render/lane.ts';
import { readSegment, type Segment } from '../../render/read-segment.ts';
import { keepRecent } from '../keep-recent.ts';
import type { Locks } from '../locks.ts';
import { readStored } from '../read-stored.ts';
import { shareWork } from '../share-work.ts';
import type { Films } from './keep-films.ts';

export interface GetOptions {
  /** Frames that stand since the last call, drawn or kept. Together they make the scene's length. */
  readonly onFrames?: (count: number) => void;
  readonly signal?: AbortSignal;
}

export interface GottenSegment {
  readonly segment: Segment;
  /** False when it was kept. */
  readonly isDrawn: boolean;
}

export interface Segments {
  /**
   * Of a scene whose key is in use.
   * @throws DearlyError `render-failed`, naming the scene; `segment-broken` when what was drawn is; `storage-failed`
   */
  get(key: string, job: SceneJob, lane: Lane, options?: GetOptions): Promise<GottenSegment>;
}

export interface SegmentTools {
  readonly store: ArtefactStore;
  readonly films: Pick<Films, 'put'>;
  readonly locks: Locks;
  /** What those in this process's memory may take. */
  readonly recentBytes?: number;
}

export function keepSegments(tools: SegmentTools): Segments {
  const { store, films, locks, recentBytes = 64_000_000 } = tools;
  const recent = keepRecent<Segment>(recentBytes);
  const share = shareWork<GottenSegment>();

  /** Null also for one that is broken, which goes. */
  async function find(key: string, job: SceneJob): Promise<Segment | null> {
    const bytes = await readStored(store, key);
    if (bytes === null) return null;
    try {
      return await readSegment(bytes, job);
    } catch (error) {
      if (!(error instanceof DearlyError && error.code === 'segment-broken')) throw error;
      await store.remove(key);
      return null;
    }
  }

  async function draw(key: string, job: SceneJob, lane: Lane, options: GetOptions): Promise<Segment> {
    const bytes = await lane.segment(job, options);
    const segment = await readSegment(bytes, job);
    await films.put(key, bytes, 'video/mp4');
    return segment;
  }

  async function findOrDraw(
    key: string,
    job: SceneJob,
    lane: Lane,
    options: GetOptions,
  ): Promise<GottenSegment> {
    const kept = await find(key, job);
    if (kept !== null) return { segment: kept, isDrawn: false };
    return await locks.hold(
      key,
      async (): Promise<GottenSegment> => {
        const meanwhile = await find(key, job);
        if (meanwhile !== null) return { segment: meanwhile, isDrawn: false };
        return { segment: await draw(key, job, lane, options), isDrawn: true };
      },
      options.signal,
    );
  }

  return {
    async get(key, job, lane, { onFrames, signal } = {}) {
      const known = recent.get(key);
      let counted = 0;
      const count = (frames: number) => {
        // A lane that starts a scene anew counts its frames again.
        const rest = Math.min(frames, job.scene.durationInFrames - counted);
        counted += rest;
        if (rest > 0) onFrames?.(rest);
      };
      const work = (shared: AbortSignal) => findOrDraw(key, job, lane, { onFrames: count, signal: shared });
      const gotten = known ? { segment: known, isDrawn: false } : await share(key, work, signal);
      recent.set(key, gotten.segment, gotten.segment.sizeBytes);
      count(job.scene.durationInFrames);
      return gotten;
    },
  };
}
