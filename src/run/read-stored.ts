import { buffer } from 'node:stream/consumers';
import { DearlyError } from '../errors.ts';
import type { ArtefactStore } from '../render/artefact-store.ts';

/** The whole of it, or null when nothing is kept under `key`. */
export async function readStored(store: ArtefactStore, key: string): Promise<Uint8Array | null> {
  try {
    return await buffer(await store.read(key));
  } catch (error) {
    if (error instanceof DearlyError && error.code === 'artefact-missing') return null;
    throw error;
  }
}
