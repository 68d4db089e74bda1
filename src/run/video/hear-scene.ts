// Enters: a scene of a script, and its files. Leaves: its words as samples, each in its place, said faster where they have to be.
// Never: the same words decoded twice while they are still at hand, or said twice.
import type { SoundCodec } from '../../render/sound/codec.ts';
import type { HeardTake } from '../../render/sound/mix.ts';
import type { Pcm } from '../../render/sound/pcm.ts';
import { placeTakes, tempoOf } from '../../render/sound/place-takes.ts';
import type { ScriptScene, SoundWarning, Take } from '../../render/sound/sound-script.ts';
import { keepRecent } from '../keep-recent.ts';
import type { CastSound } from './cast-sound.ts';
import { soundFault } from './sound-fault.ts';
import type { VoiceTake } from './voice-take.ts';

export interface HeardScene {
  readonly takes: readonly HeardTake[];
  readonly warnings: readonly SoundWarning[];
}

export interface Hearing {
  /** @throws DearlyError `sound-invalid`, naming the scene; `speech-unavailable`, `speech-refused` */
  scene(scene: ScriptScene, cast: CastSound, lang: string, signal: AbortSignal): Promise<HeardScene>;
  /** The music as far as a film of this length needs it; null for a film without. */
  bed(cast: CastSound, signal: AbortSignal): Promise<Pcm | null>;
}

/** Of decoded clips: most films share the bed and most words. */
const decodedBudgetBytes = 64_000_000;
/** A clip longer than a scene's time at full tempo is cut anyway. */
const decodeMarginSeconds = 60;

export function makeHearing(codec: SoundCodec, voice: VoiceTake): Hearing {
  const decoded = keepRecent<Pcm>(decodedBudgetBytes);

  async function decode(hash: string, file: Uint8Array, seconds: number, tempo: number, signal: AbortSignal) {
    const key = `${hash} ${seconds} ${tempo}`;
    const known = decoded.get(key);
    if (known !== undefined) return known;
    const pcm = await codec.decode(file, { atMostSeconds: seconds, tempo, signal });
    decoded.set(key, pcm, pcm.left.byteLength * 2);
    return pcm;
  }

  return {
    async scene(scene, cast, lang, signal) {
      const { fps } = cast.script;
      const seconds = Math.ceil(scene.durationInFrames / fps) + decodeMarginSeconds;
      const fileOf = async (take: Take) =>
        take.kind === 'speech' ? await voice(take, lang, signal) : (cast.files.get(take.hash) as Uint8Array);
      try {
        const takes = await Promise.all(
          scene.takes.map(async (it) => ({ hash: it.hash, file: await fileOf(it) })),
        );
        const inTempo = (tempo: number) =>
          Promise.all(takes.map(({ hash, file }) => decode(hash, file, seconds, tempo, signal)));
        const own = await inTempo(1);
        const tempo = tempoOf(scene, fps, own.map(lengthOf));
        const pcms = tempo === 1 ? own : await inTempo(tempo);
        const { placed, warnings } = placeTakes(scene, fps, pcms.map(lengthOf));
        return { takes: placed.map((it): HeardTake => ({ ...it, pcm: pcms[it.take] as Pcm })), warnings };
      } catch (error) {
        throw soundFault(scene.id, error);
      }
    },

    async bed({ script, files }, signal) {
      const file = script.bed === null ? undefined : files.get(script.bed);
      if (script.bed === null || file === undefined) return null;
      // To the next minute: films of a few seconds' difference share the decoded bed.
      const seconds = Math.ceil(script.durationInFrames / script.fps / 60) * 60;
      return await decode(script.bed, file, seconds, 1, signal);
    },
  };
}

function lengthOf(pcm: Pcm): number {
  return pcm.left.length;
}
