import { z } from 'zod';
import type { ArtefactStore } from '../../render/artefact-store.ts';
import type { SoundWarning } from '../../render/sound/sound-script.ts';
import { readStored } from '../read-stored.ts';

/** What was kept for a storyboard's sound, and what a listener may miss in it. */
export interface SoundNote {
  readonly keys: readonly string[];
  readonly warnings: readonly SoundWarning[];
}

const noteSchema = z.object({
  keys: z.array(z.string().regex(/^(sound|voice|speech|clip)\/[0-9a-f]{64}\.(m4a|wav|bin)$/)),
  warnings: z.array(
    z.object({
      scene: z.string().nullable(),
      kind: z.enum(['bed-missing', 'not-voiced', 'cut-short']),
      message: z.string(),
    }),
  ),
});

export async function readSoundNote(store: ArtefactStore, key: string): Promise<SoundNote> {
  const kept = await readStored(store, key);
  if (kept === null) return { keys: [], warnings: [] };
  return noteSchema.parse(JSON.parse(new TextDecoder().decode(kept)));
}

/** Adds to a note what it does not name yet. To be called before anything is kept: nothing personal may lie about without a note of it. */
export async function writeSoundNote(
  store: ArtefactStore,
  key: string,
  add: Pick<SoundNote, 'keys'> & Partial<SoundNote>,
): Promise<void> {
  const before = await readSoundNote(store, key);
  const keys = [...new Set([...before.keys, ...add.keys])];
  const after = JSON.stringify({ keys, warnings: add.warnings ?? before.warnings });
  if (after === JSON.stringify(before)) return;
  await store.put(key, new TextEncoder().encode(after), 'application/json');
}
