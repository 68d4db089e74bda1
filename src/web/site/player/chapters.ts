import type { Storyboard, StoryboardScene } from '../../../merge/snapshot.ts';

/** A scene with its place in the whole. */
export interface Chapter extends StoryboardScene {
  /** First frame, and the first after the last. */
  readonly start: number;
  readonly end: number;
  /** The frame that shows it complete, for those who want no motion. */
  readonly still: number;
}

/** Scenes come to rest before they make room for the next. */
const restShare = 0.7;

export function chaptersOf(storyboard: Storyboard): readonly Chapter[] {
  let start = 0;
  return storyboard.scenes.map((scene) => {
    const chapter = {
      ...scene,
      start,
      end: start + scene.durationInFrames,
      still: start + Math.floor(scene.durationInFrames * restShare),
    };
    start = chapter.end;
    return chapter;
  });
}

export function indexAt(chapters: readonly Chapter[], frame: number): number {
  const index = chapters.findIndex((it) => frame < it.end);
  return index === -1 ? chapters.length - 1 : index;
}

/** 0:07 */
export function clock(frame: number, fps: number): string {
  const seconds = Math.floor(frame / fps + 0.001);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
