// Enters: the packets of a scene, nothing where the picture stayed as it was. Leaves: a packet for every frame.
// Never: an encoder. "As before" is a dozen bytes that are always the same but for their number.
import { escapeNal, overwriteBits, readBits, unescapeNal, unsignedField, writeBits } from './bits.ts';
import { readSliceSyntax, type SliceSyntax } from './parameter-sets.ts';

/** The encoder's own, or `held`: a frame that looks like the one before it. */
export type Packet = Uint8Array | 'held';

const sliceTypes = { picture: 1, key: 5 } as const;

/** Whether streams of this decoder configuration (`avcC`) can be held. */
export function canHold(avcC: Uint8Array): boolean {
  return readSliceSyntax(avcC) !== null;
}

/**
 * Fills in held frames: each a P picture of nothing but skipped macroblocks (H.264 §7.3.4). Pictures are numbered one by
 * one, so those behind it are numbered anew; nothing else in them changes. Packets are in AVC form, lengths of 4 bytes.
 * @throws Error where the stream cannot be held (`canHold`), or begins with a held frame
 */
export function holdFrames(avcC: Uint8Array, packets: readonly Packet[]): Uint8Array[] {
  if (!packets.includes('held')) return packets.filter((it) => it !== 'held');
  const syntax = readSliceSyntax(avcC);
  if (syntax === null) throw new Error('frames of this stream cannot be held');
  let last: number | null = null;
  let held = 0;
  return packets.map((packet) => {
    if (packet === 'held') {
      if (last === null) throw new Error('there is no frame to hold');
      held += 1;
      last = (last + 1) % 2 ** syntax.frameNumBits;
      return heldPicture(last, syntax);
    }
    const nals = splitNals(packet);
    if (nals.some((nal) => typeOf(nal) === sliceTypes.key)) held = 0;
    const numbered = nals.map((nal) => {
      if (typeOf(nal) !== sliceTypes.picture && typeOf(nal) !== sliceTypes.key) return nal;
      const it = renumber(nal, held, syntax);
      last = it.frameNum;
      return it.nal;
    });
    return joinNals(numbered);
  });
}

function heldPicture(
  frameNum: number,
  { frameNumBits, macroblocks, hasDeblockingControl, parameterSetId }: SliceSyntax,
): Uint8Array {
  const slice = writeBits([
    unsignedField(0), // first macroblock
    unsignedField(0), // a P slice
    unsignedField(parameterSetId),
    [frameNum, frameNumBits],
    [0, 1], // as many references as the parameter set says
    [0, 1], // in their usual order
    [0, 1], // the oldest reference makes room
    [1, 1], // quantizer as it is
    ...(hasDeblockingControl ? [unsignedField(1)] : []), // no deblocking
    unsignedField(macroblocks), // all skipped
  ]);
  // A reference like its neighbours: with this order of pictures (type 2) two that are none may not follow each other.
  return joinNals([escapeNal(Uint8Array.of((3 << 5) | sliceTypes.picture, ...slice))]);
}

function renumber(
  nal: Uint8Array,
  by: number,
  { frameNumBits }: SliceSyntax,
): { readonly nal: Uint8Array; readonly frameNum: number } {
  const plain = unescapeNal(nal);
  const read = readBits(plain.subarray(1));
  read.unsigned(); // first macroblock
  read.unsigned(); // type
  read.unsigned(); // parameter set
  const position = 8 + read.position();
  const frameNum = (read.bits(frameNumBits) + by) % 2 ** frameNumBits;
  if (by === 0) return { nal, frameNum };
  overwriteBits(plain, position, frameNum, frameNumBits);
  return { nal: escapeNal(plain), frameNum };
}

const typeOf = (nal: Uint8Array) => (nal[0] ?? 0) & 31;

function splitNals(packet: Uint8Array): Uint8Array[] {
  const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength);
  const nals: Uint8Array[] = [];
  for (let at = 0; at + 4 <= packet.length; ) {
    const end = at + 4 + view.getUint32(at);
    nals.push(packet.subarray(at + 4, end));
    at = end;
  }
  return nals;
}

function joinNals(nals: readonly Uint8Array[]): Uint8Array {
  const packet = new Uint8Array(nals.reduce((sum, nal) => sum + 4 + nal.length, 0));
  const view = new DataView(packet.buffer);
  let at = 0;
  for (const nal of nals) {
    view.setUint32(at, nal.length);
    packet.set(nal, at + 4);
    at += 4 + nal.length;
  }
  return packet;
}
