// Enters: a storyboard. Leaves: its film's sound as AAC in MP4, made once for all films that sound alike, and what is wrong with it.
// Never: half a sound, or one that erasing a person would not find.
import type { Storyboard } from '../../merge/snapshot.ts';
import type { ArtefactStore } from '../../render/artefact-store.ts';
import type { SoundCodec } from '../../render/sound/codec.ts';
import { type HeardTake, mix } from '../../render/sound/mix.ts';
import { type Pcm, sampleOf } from '../../render/sound/pcm.ts';
import { placeTakes, tempoOf } from '../../render/sound/place-takes.ts';
import {
  type ScriptScene,
  type SoundWarning,
  soundKey,
  soundNoteKey,
  speechKey,
  type Take,
} from '../../render/sound/sound-script.ts';
import type { Speech } from '../../render/sound/speech.ts';
import { keepRecent } from '../keep-recent.ts';
import { readStored } from '../read-stored.ts';
import { removeArtefacts } from '../remove-artefacts.ts';
import { shareWork } from '../share-work.ts';
import { type CastSound, castSound, clipKeysOf } from './cast-sound.ts';
import type { Clips } from './find-clip.ts';
import { soundFault } from './sound-fault.ts';
import { readSoundNote, writeSoundNote } from './sound-note.ts';
import { makeVoiceTake } from './voice-take.ts';

export interface Sound {
  /** `sound/<sha256>.m4a` */
  readonly key: string;
  /** AAC in MP4, exactly as long as the film. */
  readonly bytes: Uint8Array;
  readonly warnings: readonly SoundWarning[];
}

export type OnSoundWarning = (warning: SoundWarning) => void;

/** @throws DearlyError `sound-invalid`, naming the scene; `speech-unavailable`, `speech-refused`, `render-failed` */
export interface Sounds {
  /** Null for a film without music and without words that somebody can say. */
  get(storyboard: Storyboard, signal?: AbortSignal, onWarning?: OnSoundWarning): Promise<Uint8Array | null>;
  /** The same, with its key and what a listener may miss. */
  hear(storyboard: Storyboard, signal?: AbortSignal): Promise<Sound | null>;
  /** Removes all that was ever kept of it: what erasing a person asks for. */
  forget(storyboard: Storyboard): Promise<void>;
}

export interface SoundTools {
  readonly store: ArtefactStore;
  readonly clips: Clips;
  readonly codec: SoundCodec;
  /** Null: words without a recording stay unsaid. */
  readonly speech: Speech | null;
}

/** Of decoded clips: most films share the bed and most words. */
const decodedBudgetBytes = 64_000_000;
/** A clip longer than a scene's time at full tempo is cut anyway. */
const decodeMarginSeconds = 60;

export function makeSounds({ store, clips, codec, speech }: SoundTools): Sounds {
  const share = shareWork<Uint8Array>();
  const decoded = keepRecent<Pcm>(decodedBudgetBytes);
  const voice = makeVoiceTake(store, speech);

  async function decode(hash: string, file: Uint8Array, seconds: number, tempo: number, signal: AbortSignal) {
    const key = `${hash} ${seconds} ${tempo}`;
    const known = decoded.get(key);
    if (known !== undefined) return known;
    const pcm = await codec.decode(file, { atMostSeconds: seconds, tempo, signal });
    decoded.set(key, pcm, pcm.left.byteLength * 2);
    return pcm;
  }

  async function hearScene(scene: ScriptScene, cast: CastSound, lang: string, signal: AbortSignal) {
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
  }

  async function make(key: string, storyboard: Storyboard, cast: CastSound, outer: AbortSignal) {
    const kept = await readStored(store, key);
    if (kept !== null) return kept;
    const { script } = cast;
    // One scene that fails ends the others, and nothing runs on when this returns.
    const end = new AbortController();
    const signal = AbortSignal.any([outer, end.signal]);
    const attempts = script.scenes.map((it) => hearScene(it, cast, storyboard.lang, signal));
    for (const attempt of attempts) attempt.catch((error) => end.abort(error));
    await Promise.allSettled(attempts);
    signal.throwIfAborted();
    const scenes = await Promise.all(attempts);
    const warnings = scenes.flatMap((it) => it.warnings);
    if (warnings.length > 0) await note(cast, soundNoteKey(storyboard), warnings);
    const samples = sampleOf(script.durationInFrames, script.fps);
    const bed = await bedOf(cast, signal);
    const bytes = await codec.encode(mix({ samples, bed, takes: scenes.flatMap((it) => it.takes) }), signal);
    await store.put(key, bytes, 'audio/mp4');
    return bytes;
  }

  async function bedOf({ script, files }: CastSound, signal: AbortSignal): Promise<Pcm | null> {
    const file = script.bed === null ? undefined : files.get(script.bed);
    if (script.bed === null || file === undefined) return null;
    // To the next minute: films of a few seconds' difference share the decoded bed.
    const seconds = Math.ceil(script.durationInFrames / script.fps / 60) * 60;
    return await decode(script.bed, file, seconds, 1, signal);
  }

  /** Music alone is nobody's; words are somebody's. */
  async function note({ script }: CastSound, key: string, warnings?: readonly SoundWarning[]) {
    const takes = script.scenes.flatMap((it) => it.takes);
    if (takes.length === 0) return;
    const spoken = takes.flatMap((it) => (it.kind === 'speech' ? [speechKey(it)] : []));
    await writeSoundNote(store, key, { keys: [soundKey(script), ...spoken], ...(warnings && { warnings }) });
  }

  async function hear(storyboard: Storyboard, signal?: AbortSignal): Promise<Sound | null> {
    // Before anything comes from elsewhere, and again when it is known what it is mixed into.
    const foreign = clipKeysOf(storyboard);
    if (foreign.length > 0) await writeSoundNote(store, soundNoteKey(storyboard), { keys: foreign });
    const cast = await castSound(storyboard, clips, speech?.id ?? null, signal);
    const { script } = cast;
    if (script.bed === null && script.scenes.every((it) => it.takes.length === 0)) return null;
    const key = soundKey(script);
    const noteKey = soundNoteKey(storyboard);
    await note(cast, noteKey);
    const bytes = await share(key, (shared) => make(key, storyboard, cast, shared), signal);
    const { warnings } = await readSoundNote(store, noteKey);
    return { key, bytes, warnings: [...cast.warnings, ...warnings] };
  }

  return {
    hear,
    async get(storyboard, signal, onWarning) {
      const sound = await hear(storyboard, signal);
      for (const warning of sound?.warnings ?? []) onWarning?.(warning);
      return sound?.bytes ?? null;
    },
    forget: (storyboard) => removeArtefacts(store, [soundNoteKey(storyboard)]),
  };
}

function lengthOf(pcm: Pcm): number {
  return pcm.left.length;
}
