import type { Storyboard, StoryboardScene } from '../../merge/snapshot.ts';
import {
  type ScriptScene,
  type SoundScript,
  type SoundWarning,
  sha256,
  speechTake,
  type Take,
} from '../../render/sound/sound-script.ts';
import type { Utterance } from '../../template/composition.ts';
import { type Clips, clipKey } from './find-clip.ts';
import { soundFault } from './sound-fault.ts';

export interface CastSound {
  readonly script: SoundScript;
  /** The files that the script names, by hash. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly warnings: readonly SoundWarning[];
}

/**
 * Finds for every word what it sounds like: its recording, else the speech engine, else silence. Says what was not found; a film
 * without its bed or a name is better than none.
 * @param engine id of the speech engine, null where there is none
 */
export async function castSound(
  storyboard: Storyboard,
  clips: Pick<Clips, 'find'>,
  engine: string | null,
  signal?: AbortSignal,
): Promise<CastSound> {
  const { composition, fps, lang, music } = storyboard;
  const files = new Map<string, Uint8Array>();
  const warnings: SoundWarning[] = [];
  const read = async (name: string) => {
    const file = await clips.find(composition, name, signal);
    if (file === null) return null;
    const hash = sha256(file);
    files.set(hash, file);
    return hash;
  };

  const bed = music === undefined ? null : await read(music);
  if (music !== undefined && bed === null) {
    const message = `The composition "${composition}" names the music "${music}", which does not stand in its sounds/.`;
    warnings.push({ scene: null, kind: 'bed-missing', message });
  }

  /** Scenes whose recordings are not there. */
  const unsaid = new Set<string>();

  async function takeOf(scene: StoryboardScene, { say, clip }: Utterance): Promise<Take | null> {
    const hash =
      clip === undefined
        ? null
        : await read(clip).catch((error) => Promise.reject(soundFault(scene.id, error)));
    if (hash !== null) return { kind: 'clip', hash };
    const words = say.trim();
    if (words === '') return null;
    if (engine !== null) return speechTake(engine, lang, words);
    if (clip !== undefined) unsaid.add(scene.id);
    return null;
  }

  const scenes: ScriptScene[] = [];
  let start = 0;
  for (const scene of storyboard.scenes) {
    const takes: Take[] = [];
    for (const utterance of scene.narration ?? []) {
      const take = await takeOf(scene, utterance);
      if (take !== null) takes.push(take);
    }
    scenes.push({ id: scene.id, start, durationInFrames: scene.durationInFrames, takes });
    start += scene.durationInFrames;
  }
  // A film in which nobody speaks has its words as captions, and nothing is amiss; in one that speaks, a gap is heard.
  const speaks = scenes.some(({ takes }) => takes.length > 0);
  for (const scene of speaks ? unsaid : []) {
    const message = `Nobody says all words of "${scene}": a recording is not there, and DEARLY_SPEECH names no engine.`;
    warnings.push({ scene, kind: 'not-voiced', message });
  }
  const script = { fps, durationInFrames: start, bed, scenes };
  return { script, files, warnings };
}

export function clipKeysOf({ scenes }: Pick<Storyboard, 'scenes'>): readonly string[] {
  const names = scenes.flatMap(({ narration = [] }) =>
    narration.flatMap(({ clip = '' }) => clipKey(clip) ?? []),
  );
  return [...new Set(names)];
}
