import type { Storyboard } from '../../merge/snapshot.ts';
import type { Format } from '../../template/composition.ts';
import type { SceneJob } from '../lane.ts';
import { jobsOf } from '../segment-key.ts';

export interface SceneFrame {
  readonly job: SceneJob;
  /** From the scene's own start. */
  readonly frame: number;
}

/** Which scene's frame is seen at a frame of the whole; past the end, the last one. @throws RangeError without scenes */
export function frameAt(storyboard: Storyboard, format: Format, frame: number): SceneFrame {
  let start = 0;
  let found: SceneFrame | undefined;
  for (const job of jobsOf(storyboard, format)) {
    found = { job, frame: Math.min(frame - start, job.scene.durationInFrames - 1) };
    start += job.scene.durationInFrames;
    if (frame < start) return found;
  }
  if (found === undefined) throw new RangeError(`"${storyboard.composition}" has no scenes`);
  return found;
}
