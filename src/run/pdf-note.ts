import type { ArtefactStore } from '../render/artefact-store.ts';
import { readStored } from './read-stored.ts';

/** The key of a snapshot's document, as its note names it; null where it has none. */
export async function readPdfNote(store: ArtefactStore, noteKey: string): Promise<string | null> {
  const note = await readStored(store, noteKey);
  return note && (JSON.parse(Buffer.from(note).toString()) as { readonly key: string }).key;
}
