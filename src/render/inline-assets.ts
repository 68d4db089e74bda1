import { assetsIn, mapAssets } from '../template/asset.ts';
import type { SceneProps } from '../template/composition.ts';
import { sha256OfRef } from './asset-key.ts';

/** The WebP whose content has this name. @throws DearlyError `artefact-missing` */
export type ReadAsset = (sha256: string) => Promise<Uint8Array>;

/** Kept assets as `data:` addresses, for a browser that has no place to load them from. What is not kept becomes null. */
export async function inlineAssets(props: SceneProps, read: ReadAsset): Promise<SceneProps> {
  const inlined = new Map<string, string>();
  for (const { asset } of assetsIn(props)) {
    const sha256 = sha256OfRef(asset);
    if (asset === null || sha256 === null || inlined.has(asset)) continue;
    inlined.set(asset, `data:image/webp;base64,${Buffer.from(await read(sha256)).toString('base64')}`);
  }
  return mapAssets(props, ({ asset }) => ({ asset: inlined.get(asset ?? '') ?? null }));
}
