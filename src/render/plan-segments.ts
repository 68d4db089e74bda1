// Enters: storyboards, one after the other. Leaves: SegmentPlan, what drawing them all would cost.
// Never: all of them at once. Memory grows with the distinct segments, not with the people.
import type { Storyboard } from '../merge/snapshot.ts';
import type { Format } from '../template/composition.ts';
import { jobsOf, segmentKey } from './segment-key.ts';

export interface ScenePlan {
  readonly id: string;
  /** Different segments of this scene. */
  readonly distinct: number;
  /** Their frames. */
  readonly frames: number;
}

export interface SegmentPlan {
  readonly videos: number;
  /** Of all videos. */
  readonly frames: number;
  readonly distinctSegments: number;
  readonly distinctFrames: number;
  /** Frames that need no drawing because another video of these, or an earlier batch, has drawn them: 0 to 1. */
  readonly sharedShare: number;
  /** Of the distinct ones, those that are kept already. */
  readonly keptSegments: number;
  readonly keptFrames: number;
  /** In the order of their first appearance. */
  readonly perScene: readonly ScenePlan[];
}

export interface PlanOptions {
  readonly format: Format;
  /** The lane's word for how a storyboard is drawn; the same for all scenes of one storyboard. */
  readonly drawnBy: (storyboard: Storyboard) => string | Promise<string>;
  /** Which of these are kept; asked for some hundreds at a time. */
  readonly has?: (keys: readonly string[]) => Promise<ReadonlySet<string>>;
}

const keysAtOnce = 500;

export async function planSegments(
  storyboards: Iterable<Storyboard> | AsyncIterable<Storyboard>,
  { format, drawnBy, has = async () => new Set<string>() }: PlanOptions,
): Promise<SegmentPlan> {
  const seen = new Set<string>();
  const scenes = new Map<string, { distinct: number; frames: number }>();
  const total = { videos: 0, frames: 0, distinctFrames: 0, keptSegments: 0, keptFrames: 0 };
  const asked = new Map<string, number>();

  const ask = async () => {
    const kept = await has([...asked.keys()]);
    for (const [key, frames] of asked) {
      if (!kept.has(key)) continue;
      total.keptSegments += 1;
      total.keptFrames += frames;
    }
    asked.clear();
  };

  for await (const storyboard of storyboards) {
    const maker = await drawnBy(storyboard);
    total.videos += 1;
    for (const job of jobsOf(storyboard, format)) {
      const { id, durationInFrames: frames } = job.scene;
      const key = segmentKey(job, maker);
      const scene = scenes.get(id) ?? { distinct: 0, frames: 0 };
      scenes.set(id, scene);
      total.frames += frames;
      if (seen.has(key)) continue;
      seen.add(key);
      scene.distinct += 1;
      scene.frames += frames;
      total.distinctFrames += frames;
      asked.set(key, frames);
      if (asked.size >= keysAtOnce) await ask();
    }
  }
  if (asked.size > 0) await ask();

  const drawn = total.distinctFrames - total.keptFrames;
  return {
    ...total,
    distinctSegments: seen.size,
    sharedShare: total.frames === 0 ? 0 : 1 - drawn / total.frames,
    perScene: [...scenes].map(([id, it]) => ({ id, ...it })),
  };
}

/** How long a plan takes: what is not kept is drawn at `framesPerSecond`, and each video is joined and written. */
export function expectedSeconds(
  { videos, distinctFrames, keptFrames }: SegmentPlan,
  framesPerSecond: number,
  overheadPerVideoSeconds: number,
): number {
  return (distinctFrames - keptFrames) / framesPerSecond + videos * overheadPerVideoSeconds;
}
