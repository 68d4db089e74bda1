import { assetsIn, mapAssets } from '../template/asset.ts';
import type { SceneProps } from '../template/composition.ts';
import { sha256OfRef } from './asset-key.ts';

/** A kept picture by its content's name; null when it is not kept. */
export type ReadAsset = (
  sha256: string,
) => Promise<{ readonly bytes: Uint8Array; readonly type: string } | null>;

/** Kept assets as `data:` addresses, for a browser that has no place to load them from. What is not kept becomes null. */
export async function inlineAssets(props: SceneProps, read: ReadAsset): Promise<SceneProps> {
  const inlined = new Map<string, string>();
  for (const { asset } of assetsIn(props)) {
    const sha256 = sha256OfRef(asset);
    if (asset === null || sha256 === null || inlined.has(asset)) continue;
    const found = await read(sha256);
    if (found === null) continue;
    inlined.set(asset, `data:${found.type};base64,${Buffer.from(found.bytes).toString('base64')}`);
  }
  return mapAssets(props, ({ asset }) => ({ asset: inlined.get(asset ?? '') ?? null }));
}
