// Enters: a storyboard. Leaves: what is said in each of its scenes, told and after an answer, each as a film of that scene alone.
// Never: music; who plays the voices beside a picture has the bed already.
import type { Storyboard } from '../../merge/snapshot.ts';
import type { Utterance } from '../../template/composition.ts';

export interface VoiceScript {
  /** Place of the scene and, after an answer, of the answer (`7`, `7-2`): nothing of the person. */
  readonly name: string;
  /** Id of the scene. */
  readonly scene: string;
  /** The answer that it is said after; null as it is told. */
  readonly answer: string | null;
  /** The one scene, silent but for these words. */
  readonly film: Storyboard;
}

export function voiceScriptsOf(storyboard: Storyboard): readonly VoiceScript[] {
  const { music: _, ...silent } = storyboard;
  return storyboard.scenes.flatMap((scene, place) => {
    const says = (
      name: string,
      answer: string | null,
      narration: readonly Utterance[] = [],
    ): VoiceScript[] =>
      narration.length === 0
        ? []
        : [{ name, scene: scene.id, answer, film: { ...silent, scenes: [{ ...scene, narration }] } }];
    const adapted = Object.entries(scene.adapts?.by ?? {}).flatMap(([answer, { narration }], nth) =>
      says(`${place}-${nth}`, answer, narration),
    );
    return [...says(String(place), null, scene.narration), ...adapted];
  });
}
