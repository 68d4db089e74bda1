// Enters: a snapshot and the name of a script. Leaves: what is said in that scene as AAC in MP4, made once for all who hear the same.
// Never: a voice that erasing a person would not find, or one that comes so late that nobody waits for it any more.
import { DearlyError } from '../../errors.ts';
import type { Snapshot, Storyboard } from '../../merge/snapshot.ts';
import { mix } from '../../render/sound/mix.ts';
import { soundNoteKey, spokenIn, voiceKey } from '../../render/sound/sound-script.ts';
import { type VoiceScript, voiceScriptsOf } from '../../render/sound/voice-scripts.ts';
import { removeArtefacts } from '../remove-artefacts.ts';
import { shareWork } from '../share-work.ts';
import { type CastSound, castSound, clipKeysOf } from './cast-sound.ts';
import { makeHearing } from './hear-scene.ts';
import type { Films } from './keep-films.ts';
import type { SoundTools } from './make-sound.ts';
import { writeSoundNote } from './sound-note.ts';
import { makeVoiceTake } from './voice-take.ts';

export interface KeptVoice {
  /** `voice/<sha256>.m4a`. Its first sample is the scene's first, its last one that of the last word. */
  readonly key: string;
  readonly sizeBytes: number;
}

export interface Voices {
  /** What somebody or something here can say: a recording is there, an address is named, or an engine. Starts nothing. */
  list(storyboard: Storyboard): Promise<readonly VoiceScript[]>;
  /** Null where it is not kept. Starts nothing. */
  peek(snapshot: Snapshot, name: string): Promise<KeptVoice | null>;
  /**
   * Null for a name that is none, and for words that nobody can say.
   * @throws DearlyError `sound-invalid`, naming the scene; `speech-unavailable`, `speech-refused`, `asset-refused`, `asset-unavailable`
   */
  get(snapshot: Snapshot, name: string, signal?: AbortSignal): Promise<KeptVoice | null>;
}

export interface VoiceTools extends SoundTools {
  readonly films: Pick<Films, 'use' | 'put' | 'touch' | 'forget'>;
  /** Whether the snapshot is there (still). */
  readonly isKept: (snapshotId: string) => Promise<boolean>;
}

/** More at a time would all come too late: the film does not wait for a voice. */
const mostAtOnce = 16;

export function makeVoices({ store, films, clips, codec, speech, isKept }: VoiceTools): Voices {
  const share = shareWork<KeptVoice | null>();
  const hearing = makeHearing(codec, makeVoiceTake({ store, films, speech }));
  let working = 0;

  const scriptIn = ({ storyboard }: Snapshot, name: string) =>
    storyboard === null ? undefined : voiceScriptsOf(storyboard).find((it) => it.name === name);

  async function canBeHad({ film }: VoiceScript): Promise<boolean> {
    const said = film.scenes.flatMap(({ narration = [] }) => narration);
    if (speech !== null && said.some(({ say }) => say.trim() !== '')) return true;
    if (clipKeysOf(film).length > 0) return true;
    const { script } = await castSound(film, { find: clips.peek }, speech?.id ?? null);
    return speaks(script);
  }

  async function find(key: string): Promise<KeptVoice | null> {
    await films.touch(key);
    const head = await store.head(key);
    return head && { key, sizeBytes: head.sizeBytes };
  }

  async function make(key: string, cast: CastSound, lang: string, signal: AbortSignal) {
    const [scene] = cast.script.scenes;
    if (scene === undefined) return null;
    const { takes } = await hearing.scene(scene, cast, lang, signal);
    const samples = Math.max(0, ...takes.map((it) => it.at + it.samples));
    if (samples === 0) return null;
    const bytes = await codec.encode(mix({ samples, bed: null, takes }), signal);
    await films.put(key, bytes, 'audio/mp4');
    return { key, sizeBytes: bytes.byteLength };
  }

  /** One at a time of the same, few of all. */
  async function makeInTurn(key: string, cast: CastSound, lang: string, signal: AbortSignal) {
    const kept = await find(key);
    if (kept !== null) return kept;
    if (working >= mostAtOnce)
      throw new DearlyError('speech-unavailable', 'Too many voices are being made at this moment.');
    working += 1;
    try {
      return await make(key, cast, lang, signal);
    } finally {
      working -= 1;
    }
  }

  async function findOrMake(film: Storyboard, note: string, signal: AbortSignal | undefined) {
    // Before anything comes from elsewhere, and again when it is known what it is made into.
    const foreign = clipKeysOf(film);
    if (foreign.length > 0) await writeSoundNote(store, note, { keys: foreign });
    const cast = await castSound(film, clips, speech?.id ?? null, signal);
    if (!speaks(cast.script)) return null;
    const key = voiceKey(cast.script);
    const kept = await find(key);
    if (kept !== null) return kept;
    const keys = [key, ...spokenIn(cast.script)];
    await writeSoundNote(store, note, { keys });
    await films.use(note, keys);
    return await share(key, (shared) => makeInTurn(key, cast, film.lang, shared), signal);
  }

  return {
    async list(storyboard) {
      const scripts = voiceScriptsOf(storyboard);
      const heard = await Promise.all(scripts.map(canBeHad));
      return scripts.filter((_, nth) => heard[nth]);
    },

    async peek(snapshot, name) {
      const script = scriptIn(snapshot, name);
      if (script === undefined) return null;
      const cast = await castSound(script.film, { find: clips.peek }, speech?.id ?? null);
      return speaks(cast.script) ? await find(voiceKey(cast.script)) : null;
    },

    async get(snapshot, name, signal) {
      const script = scriptIn(snapshot, name);
      if (script === undefined) return null;
      const note = soundNoteKey(script.film);
      let isErased = false;
      let voice: KeptVoice | null = null;
      try {
        voice = await findOrMake(script.film, note, signal);
      } finally {
        // Erased meanwhile: nothing of it stays, however far it came.
        isErased = !(await isKept(snapshot.id));
        if (isErased) {
          await films.forget(note);
          await removeArtefacts(store, [note]);
        }
      }
      return isErased ? null : voice;
    },
  };
}

function speaks({ scenes }: CastSound['script']): boolean {
  return scenes.some(({ takes }) => takes.length > 0);
}
