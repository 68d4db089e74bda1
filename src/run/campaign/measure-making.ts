// Enters: snapshots of people who would get it, and how something is made of one. Leaves: how many of them this process makes in a second.
// Never: anything that stays. Nobody has agreed to be written to yet, and no snapshot says whose it would be.
import { availableParallelism } from 'node:os';
import { DearlyError } from '../../errors.ts';
import type { Snapshot } from '../../merge/snapshot.ts';
import type { ArtefactStore } from '../../render/artefact-store.ts';
import { shownKeys } from '../../render/shown-keys.ts';
import { removeArtefacts } from '../remove-artefacts.ts';

/** The first one starts the browser and is not timed; as many as are made side by side follow. */
export const wantedSnapshots = 1 + availableParallelism();

/** Null where there is nobody, or where it cannot be made here: those that send may be other machines. */
export async function measureMaking(
  snapshots: readonly Snapshot[],
  make: (snapshot: Snapshot) => Promise<unknown>,
  store: ArtefactStore,
): Promise<number | null> {
  const [first, ...others] = snapshots;
  if (first === undefined) return null;
  const timed = others.length > 0 ? others : [first];
  // An attachment or a PDF leaves pictures in storage; those that were not there before go again.
  const keys = [...new Set(snapshots.flatMap(shownKeys))];
  const isNew = await Promise.all(keys.map(async (key) => (await store.head(key)) === null));
  try {
    await make(first);
    const startedAt = performance.now();
    await Promise.all(timed.map(make));
    return (timed.length * 1000) / (performance.now() - startedAt);
  } catch (error) {
    if (!(error instanceof DearlyError)) throw error;
    return null;
  } finally {
    await removeArtefacts(
      store,
      keys.filter((_, at) => isNew[at]),
    );
  }
}
