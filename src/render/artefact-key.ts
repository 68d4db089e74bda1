import type { Storyboard } from '../merge/snapshot.ts';
import type { Json } from '../profile/profile.ts';
import type { Format } from '../template/composition.ts';
import { digest } from './canonical-json.ts';
import { encoder } from './encoder.ts';

/** What is kept of a film beside its video. */
export type StillName = 'poster.jpg' | 'poster.webp' | 'teaser.gif' | 'sheet.webp';

/** Raised when films are joined, or stills, pictures and documents made, in another way. */
const filmVersion = 2;
const stillVersions: Readonly<Record<StillName, number>> = {
  'poster.jpg': 2,
  'poster.webp': 1,
  'teaser.gif': 1,
  'sheet.webp': 1,
};
const pictureVersion = 1;
/** Its letters and margins, too. */
const pdfVersion = 1;

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

/** `poster/<sha256>.jpg`, `teaser/<sha256>.gif` and so on. */
export function stillKey(storyboard: Storyboard, format: Format, name: StillName): string {
  const { posterFrame } = storyboard;
  const [folder, type] = name.split('.');
  const content = { picture: pictureOf(storyboard), format, posterFrame, version: stillVersions[name] };
  return `${folder}/${digest(content)}.${type}`;
}

/** Under which keys stills of a storyboard may be kept. */
export function stillKeys(storyboard: Storyboard, format: Format): string[] {
  return (Object.keys(stillVersions) as StillName[]).map((name) => stillKey(storyboard, format, name));
}

/** `picture/<sha256>.jpg`, of a pack's picture by the hash of its SVG. */
export function pictureKey(svgHash: string): string {
  return `picture/${digest({ svgHash, pictureVersion })}.jpg`;
}

/** `pdf/<sha256>.pdf`: the same page makes the same document. Pages hold links of one person, so no two share one. */
export function pdfKey({ html, css }: { readonly html: string; readonly css: string }): string {
  return `pdf/${digest({ html, css, pdfVersion })}.pdf`;
}

/** `pdf-of/<sha256>.json`: which document belongs to a snapshot, for whoever has neither pack nor links. */
export function pdfNoteKey(snapshotId: string): string {
  return `pdf-of/${digest({ snapshotId })}.json`;
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
