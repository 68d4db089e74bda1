import type { Storyboard } from '../merge/snapshot.ts';
import type { Json } from '../profile/profile.ts';
import type { Format } from '../template/composition.ts';
import { digest } from './canonical-json.ts';
import { encoder } from './encoder.ts';

/** Raised when films are joined, or posters and pictures drawn, in another way. */
const filmVersion = 2;
const posterVersion = 1;
const pictureVersion = 1;

/**
 * `video/<sha256>.mp4`: the same scenes, words, sounds, format and encoder always make the same key. It knows no browser
 * and no lane: who looks whether a film is there has neither. Captions and interactions are no part of the file.
 */
export function videoKey(storyboard: Storyboard, format: Format): string {
  const { title = null, music = null, scenes } = storyboard;
  const heard = scenes.map(({ chapter, narration = [] }) => ({
    chapter,
    narration: narration.map(({ say, clip = null }) => ({ say, clip })),
  }));
  const film = { title, music, heard };
  return `video/${digest({ picture: pictureOf(storyboard), film, format, encoder, filmVersion })}.mp4`;
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

/** What can be seen. */
function pictureOf({ composition, version, fps, lang, scenes }: Storyboard): Json {
  return {
    composition,
    version,
    fps,
    lang,
    scenes: scenes.map(({ id, durationInFrames, props }) => ({ id, durationInFrames, props })),
  };
}
