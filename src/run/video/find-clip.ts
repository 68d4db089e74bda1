// Enters: what an utterance names. Leaves: its recording: a file of the composition's, or what stands behind a web address.
// Never: a second answer for one address. What came is kept, so that the same film always sounds the same.
import { createHash } from 'node:crypto';
import { DearlyError } from '../../errors.ts';
import type { ArtefactStore } from '../../render/artefact-store.ts';
import type { SoundFiles } from '../../render/sound/codec.ts';
import { readStored } from '../read-stored.ts';
import { shareWork } from '../share-work.ts';
import type { FetchAsset } from './fetch-assets.ts';

export interface Clips {
  /**
   * Null for a file that is not there: then somebody else says the words.
   * @throws DearlyError `asset-refused`, `asset-unavailable` for an address
   */
  find(composition: string, name: string, signal?: AbortSignal): Promise<Uint8Array | null>;
  /** The same without asking anybody abroad: null also for what was not fetched yet. */
  peek(composition: string, name: string): Promise<Uint8Array | null>;
}

export function makeClips(tools: {
  readonly store: ArtefactStore;
  readonly files: SoundFiles;
  readonly fetchAsset: FetchAsset;
}): Clips {
  const { store, files, fetchAsset } = tools;
  const share = shareWork<Uint8Array>();

  async function fetchOnce(url: string, key: string, signal: AbortSignal): Promise<Uint8Array> {
    const kept = await readStored(store, key);
    if (kept !== null) return kept;
    const { bytes, type } = await fetchAsset(url, { signal });
    if (!type.startsWith('audio/'))
      throw new DearlyError(
        'asset-refused',
        `What ${new URL(url).hostname} gives is not taken: it is no sound.`,
      );
    // Whatever it is, it is for our own ears: nobody is served it.
    await store.put(key, bytes, 'application/octet-stream');
    return bytes;
  }

  return {
    async find(composition, name, signal) {
      const key = clipKey(name);
      if (key === null) return await files.read(composition, name);
      return await share(key, (shared) => fetchOnce(name, key, shared), signal);
    },
    async peek(composition, name) {
      const key = clipKey(name);
      return key === null ? await files.read(composition, name) : await readStored(store, key);
    },
  };
}

/** `clip/<sha256 of the address>.bin`; null for a file of the composition's. */
export function clipKey(name: string): string | null {
  if (!/^https?:/i.test(name)) return null;
  return `clip/${createHash('sha256').update(name).digest('hex')}.bin`;
}
