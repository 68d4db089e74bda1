import { DearlyError } from '../../errors.ts';
import type { Storyboard } from '../../merge/snapshot.ts';

/** The frame that a browser error speaks of, in Remotion's own words; null when it speaks of none. */
const frameInMessage = /frame (\d+)/i;

/** Turns what the browser threw into the house's fault. It carries no profile data beyond the scene's own message. */
export function renderFault(storyboard: Storyboard, cause: unknown, frame?: number): DearlyError {
  if (cause instanceof DearlyError) return cause;
  const reason = (cause instanceof Error ? cause.message : String(cause)).split('\n', 1)[0] ?? '';
  const at = frame ?? Number(frameInMessage.exec(reason)?.[1] ?? Number.NaN);
  const scene = Number.isNaN(at) ? undefined : sceneAt(storyboard, at);
  const where =
    scene === undefined || reason.includes(`scene "${scene}"`)
      ? storyboard.composition
      : `${storyboard.composition}, scene "${scene}"`;
  return new DearlyError('render-failed', `${where}: ${reason}`, { cause });
}

export function sceneAt(storyboard: Storyboard, frame: number): string | undefined {
  let end = 0;
  for (const scene of storyboard.scenes) {
    end += scene.durationInFrames;
    if (frame < end) return scene.id;
  }
  return storyboard.scenes.at(-1)?.id;
}
