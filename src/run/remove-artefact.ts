import type { ArtefactStore } from '../render/artefact-store.ts';
import { assetKey } from '../render/asset-key.ts';
import { readStored } from './read-stored.ts';

/** Removes what is kept under a key, and the foreign picture that an `asset-of/` key leads to. */
export async function removeArtefact(store: ArtefactStore, key: string): Promise<void> {
  const note = key.startsWith('asset-of/') ? await readStored(store, key) : null;
  if (note !== null) {
    const { sha256 } = JSON.parse(Buffer.from(note).toString()) as { readonly sha256: string };
    await store.remove(assetKey(sha256));
  }
  await store.remove(key);
}
