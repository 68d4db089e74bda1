import { assetName } from '../merge/asset-name.ts';
import type { Storyboard } from '../merge/snapshot.ts';
import { type Asset, assetsIn } from '../template/asset.ts';

const form = /^asset:([0-9a-f]{64})$/;

/** What stands in a scene's props once an asset is kept: its content's name, so that equal pictures draw equal scenes. */
export function assetRef(sha256: string): string {
  return `asset:${sha256}`;
}

/** The other way round; null for all that is no `asset:<sha256>`. */
export function sha256OfRef(ref: string | null): string | null {
  return form.exec(ref ?? '')?.[1] ?? null;
}

/** `asset/<sha256>.webp`: the picture itself. */
export function assetKey(sha256: string): string {
  return `asset/${sha256}.webp`;
}

/** `asset-of/<name>.json`: which picture it was that day. */
export function assetPlaceKey(asset: Asset): string {
  return `asset-of/${assetName(asset)}.json`;
}

/** Under which keys the foreign pictures of a storyboard are known. Whoever removes one removes what it leads to. */
export function assetPlaceKeys({ scenes }: Pick<Storyboard, 'scenes'>): string[] {
  return [...new Set(scenes.flatMap(({ props }) => assetsIn(props).map(assetPlaceKey)))];
}
