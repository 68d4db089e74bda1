import { DearlyError } from '../../errors.ts';
import type { SceneJob } from '../../render/lane.ts';

/** Turns what the browser threw into the house's fault. It carries no profile data beyond the scene's own message. */
export function renderFault(job: Pick<SceneJob, 'composition' | 'scene'>, cause: unknown): DearlyError {
  if (cause instanceof DearlyError) return cause;
  const reason = (cause instanceof Error ? cause.message : String(cause)).split('\n', 1)[0] ?? '';
  const scene = `scene "${job.scene.id}"`;
  const where = reason.includes(scene) ? job.composition : `${job.composition}, ${scene}`;
  return new DearlyError('render-failed', `${where}: ${reason}`, { cause });
}
