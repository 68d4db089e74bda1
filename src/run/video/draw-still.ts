// Enters: a storyboard and the lane that draws it. Leaves: a poster, a teaser or a contact sheet as bytes.
// Never: kept. Whoever asks keeps it, or shows it to an author and forgets it.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Storyboard } from '../../merge/snapshot.ts';
import type { StillName } from '../../render/artefact-key.ts';
import type { Lane } from '../../render/lane.ts';
import { jobsOf } from '../../render/segment-key.ts';
import { makeContactSheet, type SheetRow } from '../../render/stills/contact-sheet.ts';
import { frameAt } from '../../render/stills/frame-at.ts';
import { makeGif } from '../../render/stills/gif.ts';
import { makePoster } from '../../render/stills/poster.ts';
import { openLettering } from '../../render/stills/write-text.ts';
import type { Format } from '../../template/composition.ts';

export interface DrawStillOptions {
  readonly format: Format;
  readonly signal?: AbortSignal;
}

/** More frames than this are more megabytes than a GIF may have. */
const teaserFrames = 30;
/** Of a scene, for the contact sheet: its borders are often bare, so they are left out. */
const moments = [0.1, 0.35, 0.65, 0.9] as const;
const labelFont = '@fontsource-variable/hanken-grotesk/files/hanken-grotesk-latin-wght-normal.woff2';

/** @throws DearlyError `render-failed`, naming the scene; `browser-unavailable` */
export async function drawStill(
  name: StillName,
  storyboard: Storyboard,
  options: DrawStillOptions,
  lane: Lane,
): Promise<Uint8Array> {
  if (name === 'teaser.gif') return await drawTeaser(storyboard, options, lane);
  if (name === 'sheet.webp') return await drawSheet(storyboard, options, lane);
  const { job, frame } = frameAt(storyboard, options.format, storyboard.posterFrame);
  const still = await lane.still(job, frame, options.signal);
  return await makePoster(still, { type: name === 'poster.webp' ? 'webp' : 'jpeg' });
}

/** The poster's frame first; then how its scene comes to it. */
async function drawTeaser(
  storyboard: Storyboard,
  { format, signal }: DrawStillOptions,
  lane: Lane,
): Promise<Uint8Array> {
  const { job, frame } = frameAt(storyboard, format, storyboard.posterFrame);
  const step = Math.max(3, Math.ceil(frame / teaserFrames));
  const before = Array.from({ length: Math.ceil(frame / step) }, (_, at) => at * step);
  const frames = await Promise.all([frame, ...before].map((at) => lane.still(job, at, signal)));
  return await makeGif(frames, { delayMs: Math.round((step / job.fps) * 100) * 10 });
}

async function drawSheet(
  storyboard: Storyboard,
  { format, signal }: DrawStillOptions,
  lane: Lane,
): Promise<Uint8Array> {
  const { composition, fps, lang, scenes } = storyboard;
  const writeText = openLettering(await readFile(createRequire(import.meta.url).resolve(labelFont)));
  let start = 0;
  const drawing: Promise<SheetRow>[] = [];
  for (const job of jobsOf(storyboard, format)) {
    const { id, durationInFrames } = job.scene;
    const from = start;
    start += durationInFrames;
    const stills = moments.map(async (share) => {
      const frame = Math.round(share * (durationInFrames - 1));
      const picture = await lane.still(job, frame, signal);
      return { picture, label: `${clock(from + frame, fps)}  ·  frame ${frame}` };
    });
    const note = `${clock(from, fps)} – ${clock(start, fps)}  ·  ${durationInFrames} frames`;
    drawing.push(Promise.all(stills).then((drawn) => ({ label: id, note, stills: drawn })));
  }
  const note = `${format}  ·  ${lang}  ·  ${scenes.length} scenes  ·  ${clock(start, fps)}  ·  ${fps} frames a second`;
  return await makeContactSheet(await Promise.all(drawing), { title: composition, note, writeText });
}

/** `0:04.2` */
function clock(frame: number, fps: number): string {
  const tenths = Math.round((frame / fps) * 10);
  const seconds = ((tenths % 600) / 10).toFixed(1).padStart(4, '0');
  return `${Math.floor(tenths / 600)}:${seconds}`;
}
