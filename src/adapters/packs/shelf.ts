// Enters: the folders that authors write in, and the database that keeps old versions. Leaves: Shelf.
// Never: a pack that was not checked, or one that is compiled twice.
import type { Sender } from '../../deliver/sender.ts';
import { DearlyError } from '../../errors.ts';
import type { LoadedComposition } from '../../merge/make-storyboard.ts';
import type { Shelf } from '../../run/shelf.ts';
import { compilePack } from '../../template/compile-pack.ts';
import type { CompiledPack } from '../../template/compiled-pack.ts';
import type { Database } from '../postgres/connect.ts';
import { findPackFiles, keepPackFiles } from '../postgres/pack-versions.ts';
import { listCompositions, loadComposition } from './load-composition.ts';
import { listPacks, loadPack } from './load-pack.ts';
import { listSenders, readSender } from './read-sender.ts';

export interface Folders {
  readonly packs: string;
  readonly compositions: string;
  /** Looked through in this order. */
  readonly senders: readonly string[];
}

export function openShelf(folders: Folders, db: Database): Shelf {
  const packs = new Map<string, Promise<CompiledPack>>();
  const compositions = new Map<string, Promise<LoadedComposition>>();
  const senders = new Map<string, Promise<Sender>>();

  async function current(name: string): Promise<CompiledPack> {
    const pack = await loadPack(folders.packs, name);
    await keepPackFiles(db, pack);
    return pack;
  }

  async function old(name: string, version: string): Promise<CompiledPack> {
    const files = await findPackFiles(db, name, version);
    if (files === null)
      throw new DearlyError('pack-missing', `No version ${version} of the pack ${name} is kept.`);
    return await compilePack({ name, files, contract: null });
  }

  const pack = (name: string) => once(packs, name, () => current(name));
  return {
    pack,
    async packAt(name, version) {
      // The current one need not load any more for an old page to be shown.
      const now = await pack(name).catch(() => null);
      return now?.version === version
        ? now
        : await once(packs, `${name}@${version}`, () => old(name, version));
    },
    composition: (name) => once(compositions, name, () => loadComposition(folders.compositions, name)),
    sender: (name) => once(senders, name, () => readSender(folders.senders, name)),
    async names(kind) {
      if (kind === 'packs') return await listPacks(folders.packs);
      if (kind === 'compositions') return await listCompositions(folders.compositions);
      return await listSenders(folders.senders);
    },
  };
}

/** A failed load is forgotten, so that mending the file is enough. */
function once<T>(kept: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const known = kept.get(key);
  if (known !== undefined) return known;
  const making = make();
  kept.set(key, making);
  making.catch(() => kept.delete(key));
  return making;
}
