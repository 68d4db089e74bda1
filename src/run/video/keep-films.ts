// Enters: what was made for a film: scenes, sounds, voices, the whole MP4. Leaves: it in storage and in the index, all together within a budget.
// Never: a file that no row knows of, for it would stay for good.
import type { ArtefactStore } from '../../render/artefact-store.ts';
import type { FilmIndex } from './film-index.ts';

export interface Films extends Pick<FilmIndex, 'use' | 'touch' | 'has'> {
  /** Of a key that is in use. Nothing stays where it was forgotten meanwhile. */
  put(key: string, bytes: Uint8Array, contentType: string): Promise<void>;
  /** Drops what this one brought, and not itself. */
  forget(owner: string): Promise<void>;
}

export interface FilmTools {
  readonly store: ArtefactStore;
  readonly index: FilmIndex;
  /** What all of it may take in storage; the least recently used go. */
  readonly budgetBytes: number;
}

/** The sum is looked at whenever this share of the budget was added. */
const budgetStep = 0.01;

export function keepFilms({ store, index, budgetBytes }: FilmTools): Films {
  let addedBytes = 0;

  async function dropOldest(): Promise<void> {
    addedBytes = 0;
    await index.drop(await index.overBudget(budgetBytes), (key) => store.remove(key));
  }

  return {
    use: (owner, keys) => index.use(owner, keys),
    touch: (key) => index.touch(key),
    has: (keys) => index.has(keys),
    async put(key, bytes, contentType) {
      await store.put(key, bytes, contentType);
      if (!(await index.keep(key, bytes.byteLength))) return await store.remove(key);
      addedBytes += bytes.byteLength;
      if (addedBytes >= budgetBytes * budgetStep) await dropOldest();
    },
    async forget(owner) {
      for (const key of await index.forgetOwner(owner)) await store.remove(key);
    },
  };
}
