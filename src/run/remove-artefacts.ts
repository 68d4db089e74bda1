import type { ArtefactStore } from '../render/artefact-store.ts';
import { assetKey } from '../render/asset-key.ts';
import { readPdfNote } from './pdf-note.ts';
import { readStored } from './read-stored.ts';
import { readSoundNote } from './video/sound-note.ts';

/** Removes artefacts for good, and what they lead to: the foreign picture behind an address, the sounds or the document that a note names. */
export async function removeArtefacts(store: ArtefactStore, keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    for (const it of await namedBy(store, key)) await store.remove(it);
    await store.remove(key);
  }
}

async function namedBy(store: ArtefactStore, key: string): Promise<readonly string[]> {
  if (/^sound\/.*\.json$/.test(key)) return (await readSoundNote(store, key)).keys;
  if (key.startsWith('pdf-of/')) return [await readPdfNote(store, key)].filter((it) => it !== null);
  const note = key.startsWith('asset-of/') ? await readStored(store, key) : null;
  if (note === null) return [];
  const { sha256 } = JSON.parse(Buffer.from(note).toString()) as { readonly sha256: string };
  return [assetKey(sha256)];
}
