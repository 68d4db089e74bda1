import type { Json } from '../profile/profile.ts';
import type { SceneProps } from './composition.ts';

/**
 * A picture that a profile names. A scene's `reads` marks it by `asset(url)`; its component gets the same shape with an
 * address that loads where it is drawn: never the foreign one. Null: there is none.
 */
export type Asset = {
  readonly asset: string | null;
  /** The day of the snapshot, ISO date: one address names one picture a day. */
  readonly asOf?: string;
};

/** Marks a picture of the profile, by its https address. It is fetched by a guarded fetcher before anything is drawn. */
export function asset(url: string | null | undefined): Asset {
  return { asset: url || null };
}

/** Every asset in what a scene reads, with whatever `change` makes of it. What holds none comes back as it is. */
export function mapAssets<Value extends Json | SceneProps>(
  value: Value,
  change: (asset: Asset) => Asset,
): Value {
  return mapJson(value, change) as Value;
}

/** In the order in which they stand, absent ones left out. */
export function assetsIn(props: SceneProps): Asset[] {
  const found: Asset[] = [];
  mapAssets(props, (it) => {
    if (it.asset !== null) found.push(it);
    return it;
  });
  return found;
}

/** Copies nothing that holds no asset: every page and every film is looked through. */
function mapJson(value: Json, change: (asset: Asset) => Asset): Json {
  if (value === null || typeof value !== 'object') return value;
  if (isAsset(value)) return change(value);
  const held = value as Readonly<Record<string, Json>>;
  let copy: Record<string, Json> | undefined;
  for (const key of Object.keys(held)) {
    const it = held[key] ?? null;
    const mapped = mapJson(it, change);
    if (mapped === it) continue;
    copy ??= (Array.isArray(value) ? [...value] : { ...held }) as Record<string, Json>;
    copy[key] = mapped;
  }
  return copy ?? value;
}

function isAsset(value: Json): value is Asset {
  if (value === null || typeof value !== 'object' || !('asset' in value)) return false;
  const { asset: url, asOf = '', ...rest } = value;
  const isAddress = url === null || typeof url === 'string';
  return isAddress && typeof asOf === 'string' && Object.keys(rest).length === 0;
}
