import { createHash } from 'node:crypto';
import type { Storyboard } from '../merge/snapshot.ts';
import type { Json } from '../profile/profile.ts';
import type { Format } from '../template/composition.ts';
import { encoder } from './encoder.ts';

/** Raised when posters, or pictures, are drawn in another way. */
const posterVersion = 1;
const pictureVersion = 1;

/** `video/<sha256>.mp4`: the same words, scenes, format and encoder always make the same key. */
export function videoKey(storyboard: Storyboard, format: Format): string {
  return `video/${digest({ picture: pictureOf(storyboard), format, encoder })}.mp4`;
}

/** `poster/<sha256>.jpg`. */
export function posterKey(storyboard: Storyboard, format: Format): string {
  const { posterFrame } = storyboard;
  return `poster/${digest({ picture: pictureOf(storyboard), format, posterFrame, posterVersion })}.jpg`;
}

/** `picture/<sha256>.jpg`, of a pack's picture by the hash of its SVG. */
export function pictureKey(svgHash: string): string {
  return `picture/${digest({ svgHash, pictureVersion })}.jpg`;
}

/** What can be seen: chapters and captions are told apart from the picture, so they do not count. */
function pictureOf({ composition, version, fps, lang, scenes }: Storyboard): Json {
  return {
    composition,
    version,
    fps,
    lang,
    scenes: scenes.map(({ id, durationInFrames, props }) => ({ id, durationInFrames, props })),
  };
}

function digest(content: Json): string {
  return createHash('sha256').update(canonicalJson(content)).digest('hex');
}

/** JSON with sorted keys and no spaces (as RFC 8785 for the values that storyboards hold). */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const entries = Object.entries(value as Readonly<Record<string, Json>>).sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
  return `{${entries.map(([key, it]) => `${JSON.stringify(key)}:${canonicalJson(it)}`).join(',')}}`;
}
