import type { Json } from '../../profile/profile.ts';
import type { SceneProps } from '../../template/composition.ts';

/** `asset:<sha256>` names a picture that was fetched before; the stage's server hands it out. */
const named = /^asset:([0-9a-f]{64})$/;

/** All pictures that these props name, each once. */
export function findAssets(props: SceneProps): readonly string[] {
  const found = new Set<string>();
  map(props, (url) => {
    found.add(url);
    return url;
  });
  return [...found];
}

/** The props with addresses in the places of the names. */
export function placeAssets(props: SceneProps): SceneProps {
  return map(props, (url) => url) as SceneProps;
}

function map(value: Json | SceneProps, place: (url: string) => string): Json {
  if (typeof value === 'string') {
    const hash = named.exec(value)?.[1];
    return hash === undefined ? value : place(new URL(`asset/${hash}`, document.baseURI).href);
  }
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((it) => map(it, place));
  const entries = Object.entries(value as SceneProps);
  return Object.fromEntries(entries.map(([key, it]) => [key, map(it, place)]));
}
