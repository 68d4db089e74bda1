import sharp, { type OverlayOptions } from 'sharp';
import { openPicture } from '../open-picture.ts';
import type { WriteText } from './write-text.ts';

export interface SheetRow {
  /** The scene's name. */
  readonly label: string;
  /** Behind it, more quietly. */
  readonly note: string;
  /** PNG or JPEG, with the words below each. */
  readonly stills: readonly { readonly picture: Uint8Array; readonly label: string }[];
}

export interface SheetOptions {
  readonly title: string;
  readonly note: string;
  readonly writeText: WriteText;
  readonly type?: 'png' | 'webp';
}

const margin = 48;
const gap = 20;
const headHeight = 84;
const rowHeadHeight = 48;
const captionHeight = 34;
/** Below a row. */
const rowGap = 26;
/** A still covers about as much in every format. */
const cellPixels = 400 * 225;
const ink = { ground: '#f3f4f6', strong: '#16202f', quiet: '#667085' };

/** Every scene at a few moments, for people who review a film without watching it. @throws DearlyError `picture-unusable` */
export async function makeContactSheet(
  rows: readonly SheetRow[],
  { title, note, writeText, type = 'webp' }: SheetOptions,
): Promise<Uint8Array> {
  const cell = await cellFor(rows);
  const columns = Math.max(1, ...rows.map(({ stills }) => stills.length));
  const width = 2 * margin + columns * cell.width + (columns - 1) * gap;
  const rowHeight = rowHeadHeight + cell.height + captionHeight + rowGap;
  const height = 2 * margin + headHeight + rows.length * rowHeight - rowGap;
  const words: string[] = [];
  const write = (text: string, x: number, y: number, size: number, fill: string, room: number) =>
    words.push(writeText(text, { x, y, size, fill, width: room }));
  write(title, margin, margin + 34, 40, ink.strong, width - 2 * margin);
  write(note, margin, margin + 64, 18, ink.quiet, width - 2 * margin);

  const layers: OverlayOptions[] = [];
  for (const [at, row] of rows.entries()) {
    const top = margin + headHeight + at * rowHeight;
    write(row.label, margin, top + 32, 24, ink.strong, cell.width);
    write(
      row.note,
      margin + cell.width + gap,
      top + 32,
      17,
      ink.quiet,
      width - 2 * margin - cell.width - gap,
    );
    for (const [column, still] of row.stills.entries()) {
      const left = margin + column * (cell.width + gap);
      const input = await (await openPicture(still.picture)).resize({ ...cell, fit: 'contain' }).toBuffer();
      layers.push({ input, left, top: top + rowHeadHeight });
      write(still.label, left, top + rowHeadHeight + cell.height + 24, 17, ink.quiet, cell.width);
    }
  }
  const lettering = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${words.join('')}</svg>`;
  const sheet = sharp({ create: { width, height, channels: 3, background: ink.ground } }).composite([
    ...layers,
    { input: Buffer.from(lettering), left: 0, top: 0 },
  ]);
  const encoded = type === 'png' ? sheet.png({ compressionLevel: 9 }) : sheet.webp({ quality: 84 });
  return new Uint8Array(await encoded.toBuffer());
}

/** Shaped like the first still. */
async function cellFor(rows: readonly SheetRow[]): Promise<{ width: number; height: number }> {
  const first = rows.find(({ stills }) => stills.length > 0)?.stills[0];
  if (first === undefined) return { width: 400, height: 225 };
  const { width, height } = await (await openPicture(first.picture)).metadata();
  const scale = Math.sqrt(cellPixels / (width * height));
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}
