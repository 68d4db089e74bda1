import { DearlyError } from '../errors.ts';

export interface Chapter {
  readonly startSeconds: number;
  readonly title: string;
}

/** One byte each counts the chapters and the bytes of a title. */
const most = 255;
const ticksPerSecond = 10_000_000;

/**
 * An MP4 with a Nero chapter list (`chpl` in `moov/udta`), which ffmpeg, VLC and most players read. The one that went in is left
 * as it was. Its `moov` stands before its `mdat`, so that all media moves back by the same number of bytes.
 */
export function withChapters(mp4: Uint8Array, chapters: readonly Chapter[]): Uint8Array {
  const list = chapterList(chapters.slice(0, most));
  const moov = find(mp4, 'moov', 0, mp4.byteLength);
  const mdat = find(mp4, 'mdat', 0, mp4.byteLength);
  if (!moov || !mdat || moov.start > mdat.start)
    throw new DearlyError('render-failed', 'Chapters go into an MP4 with its index at the front.');
  const udta = find(mp4, 'udta', moov.body, moov.end);
  const added = udta ? list : box('udta', list);
  const at = udta ? udta.end : moov.end;

  const out = new Uint8Array(mp4.byteLength + added.byteLength);
  out.set(mp4.subarray(0, at));
  out.set(added, at);
  out.set(mp4.subarray(at), at + added.byteLength);
  for (const grown of udta ? [moov, udta] : [moov]) grow(out, grown.start, added.byteLength);
  moveChunks(out, moov.body, moov.end + added.byteLength, added.byteLength);
  return out;
}

function chapterList(chapters: readonly Chapter[]): Uint8Array {
  const entries = chapters.map(({ startSeconds, title }) => {
    const text = shortened(title);
    const entry = new Uint8Array(9 + text.byteLength);
    new DataView(entry.buffer).setBigUint64(0, BigInt(Math.round(startSeconds * ticksPerSecond)));
    entry[8] = text.byteLength;
    entry.set(text, 9);
    return entry;
  });
  // Version 1, no flags, four reserved bytes, then the count.
  return box('chpl', Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0, chapters.length), ...entries);
}

/** As UTF-8, cut between two characters where it is too long. */
function shortened(title: string): Uint8Array {
  const bytes = new Uint8Array(most);
  const { written } = new TextEncoder().encodeInto(title, bytes);
  return bytes.subarray(0, written);
}

function box(type: string, ...parts: readonly Uint8Array[]): Uint8Array {
  const header = new Uint8Array(8);
  const size = parts.reduce((sum, it) => sum + it.byteLength, 8);
  new DataView(header.buffer).setUint32(0, size);
  header.set(new TextEncoder().encode(type), 4);
  return Buffer.concat([header, ...parts]);
}

interface Place {
  readonly start: number;
  readonly body: number;
  readonly end: number;
}

function find(mp4: Uint8Array, type: string, from: number, to: number): Place | undefined {
  for (const it of boxes(mp4, from, to)) if (it.type === type) return it;
  return undefined;
}

function* boxes(mp4: Uint8Array, from: number, to: number): Generator<Place & { readonly type: string }> {
  const view = new DataView(mp4.buffer, mp4.byteOffset, mp4.byteLength);
  for (let start = from; start + 8 <= to; ) {
    const short = view.getUint32(start);
    const isLong = short === 1;
    const size = isLong ? Number(view.getBigUint64(start + 8)) : short === 0 ? to - start : short;
    const end = start + size;
    const type = String.fromCharCode(...mp4.subarray(start + 4, start + 8));
    if (size < 8 || end > to) return;
    yield { type, start, body: start + (isLong ? 16 : 8), end };
    start = end;
  }
}

function grow(mp4: Uint8Array, start: number, byBytes: number): void {
  const view = new DataView(mp4.buffer, mp4.byteOffset);
  view.setUint32(start, view.getUint32(start) + byBytes);
}

const holders = new Set(['trak', 'mdia', 'minf', 'stbl']);

/** Where each chunk of media lies counts from the file's first byte (`stco`, `co64`). */
function moveChunks(mp4: Uint8Array, from: number, to: number, byBytes: number): void {
  const view = new DataView(mp4.buffer, mp4.byteOffset);
  for (const { type, body, end } of boxes(mp4, from, to)) {
    if (holders.has(type)) moveChunks(mp4, body, end, byBytes);
    if (type === 'stco')
      for (let at = body + 8; at < end; at += 4) view.setUint32(at, view.getUint32(at) + byBytes);
    if (type === 'co64')
      for (let at = body + 8; at < end; at += 8)
        view.setBigUint64(at, view.getBigUint64(at) + BigInt(byBytes));
  }
}
