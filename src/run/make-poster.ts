// Enters: a snapshot. Leaves: its poster in storage: a frame of its own video under a play button.
// Never: two browsers' worth of work for one picture; whoever asks meanwhile waits for the first.
import { DearlyError } from '../errors.ts';
import type { Snapshot } from '../merge/snapshot.ts';
import { posterKey } from '../render/artefact-key.ts';
import type { ArtefactStore } from '../render/artefact-store.ts';
import { makePoster } from '../render/poster.ts';
import type { Renderer } from '../render/renderer.ts';
import type { Format } from '../template/composition.ts';
import { chooseFormat } from './choose-format.ts';

export interface Posters {
  /** @throws DearlyError `artefact-missing` where the message has no video; `render-failed` */
  get(snapshot: Snapshot, format?: Format): Promise<{ readonly key: string; readonly sizeBytes: number }>;
}

export function makePosters(tools: { readonly store: ArtefactStore; readonly renderer: Renderer }): Posters {
  const { store, renderer } = tools;
  const making = new Map<string, Promise<number>>();

  async function draw(key: string, snapshot: Snapshot, format: Format): Promise<number> {
    if (snapshot.storyboard === null) throw new DearlyError('artefact-missing', 'This message has no video.');
    const frame = snapshot.storyboard.posterFrame;
    const poster = await makePoster(await renderer.still(snapshot.storyboard, { format, frame }));
    await store.put(key, poster, 'image/jpeg');
    return poster.byteLength;
  }

  return {
    async get(snapshot, asked) {
      if (snapshot.storyboard === null)
        throw new DearlyError('artefact-missing', 'This message has no video.');
      const format = chooseFormat(snapshot.storyboard, asked);
      const key = posterKey(snapshot.storyboard, format);
      const head = await store.head(key);
      if (head !== null) return { key, sizeBytes: head.sizeBytes };
      const drawing = making.get(key) ?? draw(key, snapshot, format).finally(() => making.delete(key));
      making.set(key, drawing);
      return { key, sizeBytes: await drawing };
    },
  };
}
