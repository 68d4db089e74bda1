import type { Storyboard } from '../merge/snapshot.ts';
import type { Format } from '../template/composition.ts';
import { digest } from './canonical-json.ts';
import type { SceneJob } from './lane.ts';

/**
 * What a lane needs to draw one scene, and nothing more: chapters, captions, narration, interactions and the other scenes
 * are left out, so that they cannot part what two people share. @throws RangeError past the last scene
 */
export function jobOf(storyboard: Storyboard, format: Format, sceneIndex: number): SceneJob {
  const { composition, version, fps, lang } = storyboard;
  const scene = storyboard.scenes[sceneIndex];
  if (scene === undefined) throw new RangeError(`"${composition}" has no scene ${sceneIndex}`);
  const { id, durationInFrames, props, paint } = scene;
  return {
    composition,
    version,
    fps,
    lang,
    format,
    scene: { id, durationInFrames, props, ...(paint && { paint }) },
  };
}

export function jobsOf(storyboard: Storyboard, format: Format): readonly SceneJob[] {
  return storyboard.scenes.map((_, index) => jobOf(storyboard, format, index));
}

/** `segment/<sha256>.mp4`. `drawnBy` is the lane's word for how it draws. */
export function segmentKey({ scene, ...job }: SceneJob, drawnBy: string): string {
  const { id, durationInFrames, props, paint = 'changes' } = scene;
  return `segment/${digest({ ...job, scene: { id, durationInFrames, props, paint }, drawnBy })}.mp4`;
}
