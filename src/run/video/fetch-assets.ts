// Enters: a storyboard that names foreign pictures. Leaves: the same with each picture kept and named by its content.
// Never: two answers for one address and day, or a picture as it came: what is kept was decoded and written anew.
import { createHash } from 'node:crypto';
import { DearlyError } from '../../errors.ts';
import { assetName } from '../../merge/asset-name.ts';
import type { Storyboard, StoryboardScene } from '../../merge/snapshot.ts';
import type { ArtefactStore } from '../../render/artefact-store.ts';
import { assetKey, assetPlaceKey, assetRef } from '../../render/asset-key.ts';
import type { ReadAsset } from '../../render/inline-assets.ts';
import { normalisePicture } from '../../render/normalise-picture.ts';
import { type Asset, assetsIn, mapAssets } from '../../template/asset.ts';
import { readStored } from '../read-stored.ts';
import { shareWork } from '../share-work.ts';

/** Brings what stands behind an address, with the type that its bytes show. @throws DearlyError `asset-refused`, `asset-unavailable` */
export type FetchAsset = (
  url: string,
  options?: { readonly signal?: AbortSignal },
) => Promise<{ readonly bytes: Uint8Array; readonly type: string }>;

export interface KeptAsset {
  readonly sha256: string;
  /** Of the WebP in the store. */
  readonly key: string;
  readonly sizeBytes: number;
}

export interface Assets {
  /** What `asset:<sha256>` names, for lanes. */
  readonly read: ReadAsset;
  /** Fetched at the first call, the same ever after. @throws DearlyError `asset-refused`, `asset-unavailable` */
  get(asset: Asset, signal?: AbortSignal): Promise<KeptAsset>;
  /**
   * Every `{ asset: 'https://…' }` of the scenes becomes `{ asset: 'asset:<sha256>' }`: what a segment's key is made of, and what lanes
   * load. @throws DearlyError `asset-refused`, `asset-unavailable`, naming the scene
   */
  settle(storyboard: Storyboard, signal?: AbortSignal): Promise<Storyboard>;
}

/** An address that failed is not asked again at once, however often its page is loaded. */
const patienceMs = 60_000;
const mostFailures = 1000;

export function makeAssets(tools: {
  readonly store: ArtefactStore;
  readonly fetchAsset: FetchAsset;
}): Assets {
  const { store, fetchAsset } = tools;
  const share = shareWork<KeptAsset>();
  const failures = new Map<string, { readonly fault: DearlyError; readonly untilMs: number }>();

  async function recall(place: string): Promise<KeptAsset | null> {
    const note = await readStored(store, place);
    if (note === null) return null;
    const { sha256 } = JSON.parse(Buffer.from(note).toString()) as { readonly sha256: string };
    const key = assetKey(sha256);
    // Erasing one person may have taken a picture that others share: then it is fetched again.
    const head = await store.head(key);
    return head && { sha256, key, sizeBytes: head.sizeBytes };
  }

  async function keep(asset: Asset, signal: AbortSignal): Promise<KeptAsset> {
    const place = assetPlaceKey(asset);
    const known = await recall(place);
    if (known !== null) return known;
    const { bytes, type } = await fetchAsset(asset.asset ?? '', { signal });
    const picture = await normalisePicture(bytes, type);
    const sha256 = createHash('sha256').update(picture).digest('hex');
    const key = assetKey(sha256);
    await store.put(key, picture, 'image/webp');
    // Another process may have been faster; then its picture is the one.
    const meanwhile = await recall(place);
    if (meanwhile !== null) return meanwhile;
    await store.put(place, Buffer.from(JSON.stringify({ sha256 })), 'application/json');
    return { sha256, key, sizeBytes: picture.byteLength };
  }

  async function get(asset: Asset, signal?: AbortSignal): Promise<KeptAsset> {
    const name = assetName(asset);
    const failure = failures.get(name);
    if (failure !== undefined && failure.untilMs > performance.now()) throw failure.fault;
    return share(name, (end) => keep(asset, end), signal).catch((error: unknown) => {
      if (failures.size >= mostFailures) failures.clear();
      if (isAssetFault(error)) failures.set(name, { fault: error, untilMs: performance.now() + patienceMs });
      throw error;
    });
  }

  async function settleScene(scene: StoryboardScene, composition: string, signal?: AbortSignal) {
    const kept = new Map<string, string>();
    try {
      for (const one of assetsIn(scene.props)) kept.set(assetName(one), (await get(one, signal)).sha256);
    } catch (error) {
      if (!isAssetFault(error)) throw error;
      const message = `${composition}, scene "${scene.id}": ${error.message}`;
      throw new DearlyError(error.code, message, { cause: error });
    }
    if (kept.size === 0) return scene;
    const refer = (one: Asset): Asset => {
      const sha256 = one.asset === null ? undefined : kept.get(assetName(one));
      return { asset: sha256 === undefined ? null : assetRef(sha256) };
    };
    return { ...scene, props: mapAssets(scene.props, refer) };
  }

  return {
    get,
    async read(sha256) {
      const bytes = await readStored(store, assetKey(sha256));
      return bytes && { bytes, type: 'image/webp' };
    },
    async settle(storyboard, signal) {
      const { composition, scenes } = storyboard;
      const settled = await Promise.all(scenes.map((scene) => settleScene(scene, composition, signal)));
      return settled.every((scene, at) => scene === scenes[at])
        ? storyboard
        : { ...storyboard, scenes: settled };
    },
  };
}

/** The profile's picture is at fault, not we. */
export function isAssetFault(error: unknown): error is DearlyError {
  return error instanceof DearlyError && ['asset-refused', 'asset-unavailable'].includes(error.code);
}
