import type { Storyboard, StoryboardScene } from '../../src/merge/snapshot.ts';

export function scene(
  id: string,
  durationInFrames: number,
  more: Partial<StoryboardScene> = {},
): StoryboardScene {
  return { id, durationInFrames, props: { word: id }, chapter: `Chapter ${id}`, caption: '', ...more };
}

/** A storyboard that no composition stands behind: enough for keys, segments and assembly. */
export function sampleFilm(scenes: readonly StoryboardScene[], more: Partial<Storyboard> = {}): Storyboard {
  return {
    composition: 'sample',
    version: 'v1',
    fps: 30,
    lang: 'de',
    title: 'Ihr Jahr, Anna',
    formats: ['16:9', '9:16'],
    posterFrame: 0,
    scenes,
    ...more,
  };
}
