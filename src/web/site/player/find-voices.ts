// Enters: where the film stands. Leaves: which of its scenes speak, and where each voice stands; null for a film without any.
// Never: asked before somebody plays it. The page holds nothing of it.

import type { Storyboard } from '../../../merge/snapshot.ts';
import { type Answers, answerOf } from './adapt-storyboard.ts';

/** By scene: the name of its voice as told, and of those after an answer. */
type Listed = Readonly<
  Record<string, { readonly voice?: string; readonly by?: Readonly<Record<string, string>> }>
>;

export interface Voices {
  /** What this scene says after these answers; null where nothing is heard. */
  at(scene: Storyboard['scenes'][number] | undefined, answers: Answers): string | null;
}

export async function findVoices(videoUrl: string): Promise<Voices | null> {
  const home = videoUrl.replace(/\.mp4$/, '');
  const answer = await fetch(`${home}/voices.json`);
  const listed = answer.ok ? ((await answer.json()) as Listed) : {};
  if (Object.keys(listed).length === 0) return null;
  return {
    at(scene, answers) {
      if (scene === undefined || !Object.hasOwn(listed, scene.id)) return null;
      const { voice, by = {} } = listed[scene.id] ?? {};
      const given = answerOf(scene, answers);
      const name = given !== undefined && Object.hasOwn(by, given) ? by[given] : voice;
      return name === undefined ? null : `${home}/${name}.m4a`;
    },
  };
}
