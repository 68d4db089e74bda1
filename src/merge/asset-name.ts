import { createHash } from 'node:crypto';
import type { Asset } from '../template/asset.ts';

/** What an asset is known by before anybody has seen it: 64 hex digits of its address and its day. */
export function assetName({ asset, asOf = '' }: Asset): string {
  return createHash('sha256').update(`${asOf} ${asset}`).digest('hex');
}
