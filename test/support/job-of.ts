import type { Storyboard } from '../../src/merge/snapshot.ts';
import type { SceneJob } from '../../src/render/lane.ts';
import type { Format } from '../../src/template/composition.ts';

/** One scene of a storyboard as a lane takes it. */
export function jobOf(storyboard: Storyboard, id: string, format: Format = '16:9'): SceneJob {
  const scene = storyboard.scenes.find((it) => it.id === id);
  if (!scene) throw new Error(`there is no scene ${id}`);
  const { composition, version, fps, lang } = storyboard;
  return { composition, version, fps, lang, format, scene };
}
