// Enters: a snapshot and the name of one of its pack's pictures. Leaves: the picture in storage, under its content's key.
// Never: a picture drawn twice for the same content; whoever asks meanwhile waits for the first.
import { DearlyError } from '../errors.ts';
import { mergePicture } from '../merge/merge-picture.ts';
import type { Snapshot } from '../merge/snapshot.ts';
import { pictureKey } from '../render/artefact-key.ts';
import type { ArtefactStore } from '../render/artefact-store.ts';
import { drawPicture } from '../render/picture.ts';
import type { Shelf } from './shelf.ts';

export interface Pictures {
  /** @throws DearlyError `artefact-missing` where the message has no such picture */
  get(snapshot: Snapshot, name: string): Promise<KeptPicture>;
}

export interface KeptPicture {
  readonly key: string;
  readonly sizeBytes: number;
  /** False where it was there already. */
  readonly isDrawn: boolean;
}

export function makePictures(tools: {
  readonly store: ArtefactStore;
  readonly shelf: Pick<Shelf, 'packAt'>;
}): Pictures {
  const { store, shelf } = tools;
  const making = new Map<string, Promise<number>>();

  async function draw(key: string, snapshot: Snapshot, name: string): Promise<number> {
    const pack = await shelf.packAt(snapshot.pack.name, snapshot.pack.version);
    const picture = await drawPicture(mergePicture(snapshot, pack, name));
    await store.put(key, picture, 'image/jpeg');
    return picture.byteLength;
  }

  return {
    async get(snapshot, name) {
      const kept = snapshot.pictures ?? {};
      const hash = Object.hasOwn(kept, name) ? kept[name] : undefined;
      if (hash === undefined) throw new DearlyError('artefact-missing', 'This message has no such picture.');
      const key = pictureKey(hash);
      const head = await store.head(key);
      if (head !== null) return { key, sizeBytes: head.sizeBytes, isDrawn: false };
      const drawing = making.get(key) ?? draw(key, snapshot, name).finally(() => making.delete(key));
      making.set(key, drawing);
      return { key, sizeBytes: await drawing, isDrawn: true };
    },
  };
}
