import type { ArtefactStore } from '../../render/artefact-store.ts';
import { speechKey, type Take } from '../../render/sound/sound-script.ts';
import type { Speech } from '../../render/sound/speech.ts';
import { readStored } from '../read-stored.ts';
import { shareWork } from '../share-work.ts';
import type { Films } from './keep-films.ts';

type SpeechTake = Take & { readonly kind: 'speech' };
export type VoiceTake = (take: SpeechTake, lang: string, signal: AbortSignal) => Promise<Uint8Array>;

interface VoiceTakeTools {
  readonly store: ArtefactStore;
  readonly films: Pick<Films, 'put'>;
  readonly speech: Speech | null;
}

/** Says a take's words, once for all who share them: what was said is kept. */
export function makeVoiceTake({ store, films, speech }: VoiceTakeTools): VoiceTake {
  const share = shareWork<Uint8Array>();
  return async (take, lang, signal) => {
    const key = speechKey(take);
    const work = async (shared: AbortSignal) => {
      const kept = await readStored(store, key);
      if (kept !== null) return kept;
      if (speech === null) throw new TypeError('a script without an engine has no words to say');
      const spoken = await speech.speak(take.say, lang, shared);
      await films.put(key, spoken, 'audio/wav');
      return spoken;
    };
    return await share(key, work, signal);
  };
}
