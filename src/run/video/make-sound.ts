// Enters: a storyboard. Leaves: its film's sound as AAC in MP4, made once for all films that sound alike, and what is wrong with it.
// Never: half a sound, or one that erasing a person would not find.
import type { Storyboard } from '../../merge/snapshot.ts';
import type { ArtefactStore } from '../../render/artefact-store.ts';
import type { SoundCodec } from '../../render/sound/codec.ts';
import { mix } from '../../render/sound/mix.ts';
import { sampleOf } from '../../render/sound/pcm.ts';
import { type SoundWarning, soundKey, soundNoteKey, spokenIn } from '../../render/sound/sound-script.ts';
import type { Speech } from '../../render/sound/speech.ts';
import { readStored } from '../read-stored.ts';
import { shareWork } from '../share-work.ts';
import { type CastSound, castSound, clipKeysOf } from './cast-sound.ts';
import type { Clips } from './find-clip.ts';
import { makeHearing } from './hear-scene.ts';
import type { Films } from './keep-films.ts';
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
}

export interface SoundTools {
  readonly store: ArtefactStore;
  readonly films: Pick<Films, 'use' | 'put'>;
  readonly clips: Clips;
  readonly codec: SoundCodec;
  /** Null: words without a recording stay unsaid. */
  readonly speech: Speech | null;
}

export function makeSounds({ store, films, clips, codec, speech }: SoundTools): Sounds {
  const share = shareWork<Uint8Array>();
  const hearing = makeHearing(codec, makeVoiceTake({ store, films, speech }));

  async function make(key: string, storyboard: Storyboard, cast: CastSound, outer: AbortSignal) {
    const kept = await readStored(store, key);
    if (kept !== null) return kept;
    const { script } = cast;
    // One scene that fails ends the others, and nothing runs on when this returns.
    const end = new AbortController();
    const signal = AbortSignal.any([outer, end.signal]);
    const attempts = script.scenes.map((it) => hearing.scene(it, cast, storyboard.lang, signal));
    for (const attempt of attempts) attempt.catch((error) => end.abort(error));
    await Promise.allSettled(attempts);
    signal.throwIfAborted();
    const scenes = await Promise.all(attempts);
    const warnings = scenes.flatMap((it) => it.warnings);
    if (warnings.length > 0) await note(cast, soundNoteKey(storyboard), warnings);
    const samples = sampleOf(script.durationInFrames, script.fps);
    const bed = await hearing.bed(cast, signal);
    const bytes = await codec.encode(mix({ samples, bed, takes: scenes.flatMap((it) => it.takes) }), signal);
    await films.put(key, bytes, 'audio/mp4');
    return bytes;
  }

  /** Music alone is nobody's; words are somebody's. */
  async function note({ script }: CastSound, key: string, warnings?: readonly SoundWarning[]) {
    const sound = soundKey(script);
    if (script.scenes.every(({ takes }) => takes.length === 0)) return await films.use(sound, [sound]);
    const keys = [sound, ...spokenIn(script)];
    await writeSoundNote(store, key, { keys, ...(warnings && { warnings }) });
    await films.use(key, keys);
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
  };
}
