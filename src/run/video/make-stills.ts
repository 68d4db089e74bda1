// Enters: a snapshot, the name of a still, a format. Leaves: it in storage: poster, teaser (a GIF) or contact sheet of its film.
// Never: one drawn twice for the same content; whoever asks meanwhile waits for the first.
import { DearlyError } from '../../errors.ts';
import type { Snapshot, Storyboard } from '../../merge/snapshot.ts';
import { type StillName, stillKey } from '../../render/artefact-key.ts';
import type { ArtefactStore } from '../../render/artefact-store.ts';
import type { Lane } from '../../render/lane.ts';
import type { Format } from '../../template/composition.ts';
import { shareWork } from '../share-work.ts';
import { chooseFormat } from './choose-format.ts';
import { drawStill } from './draw-still.ts';

export interface KeptStill {
  readonly key: string;
  readonly sizeBytes: number;
  readonly contentType: string;
  /** False where it was there already. */
  readonly isDrawn: boolean;
}

export interface Stills {
  /**
   * In the composition's first format unless another is named.
   * @throws DearlyError `artefact-missing` where the message has no video; `request-invalid`, `render-failed`, `browser-unavailable`
   */
  get(snapshot: Snapshot, name: StillName, format?: Format, signal?: AbortSignal): Promise<KeptStill>;
}

export interface StillTools {
  readonly store: ArtefactStore;
  readonly laneFor: (storyboard: Storyboard) => Promise<Lane>;
  /** Puts what was fetched in the place of foreign addresses. */
  readonly assets: { settle(storyboard: Storyboard, signal?: AbortSignal): Promise<Storyboard> };
}

const contentTypes: Readonly<Record<StillName, string>> = {
  'poster.jpg': 'image/jpeg',
  'poster.webp': 'image/webp',
  'teaser.gif': 'image/gif',
  'sheet.webp': 'image/webp',
};

export function makeStills({ store, laneFor, assets }: StillTools): Stills {
  const share = shareWork<KeptStill>();

  return {
    async get({ storyboard }, name, asked, signal) {
      if (storyboard === null) throw new DearlyError('artefact-missing', 'This message has no video.');
      const format = chooseFormat(storyboard, asked);
      const key = stillKey(storyboard, format, name);
      const contentType = contentTypes[name];
      const head = await store.head(key);
      if (head !== null) return { key, sizeBytes: head.sizeBytes, contentType, isDrawn: false };
      const draw = async (end: AbortSignal): Promise<KeptStill> => {
        const settled = await assets.settle(storyboard, end);
        const still = await drawStill(name, settled, { format, signal: end }, await laneFor(settled));
        await store.put(key, still, contentType);
        return { key, sizeBytes: still.byteLength, contentType, isDrawn: true };
      };
      return share(key, draw, signal);
    },
  };
}
