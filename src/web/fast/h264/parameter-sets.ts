import { readBits, unescapeNal } from './bits.ts';

/** What the parameter sets of a stream say about its slices' headers. */
export interface SliceSyntax {
  readonly frameNumBits: number;
  /** Macroblocks of a frame. */
  readonly macroblocks: number;
  /** Whether slices say how they are deblocked. */
  readonly hasDeblockingControl: boolean;
  readonly parameterSetId: number;
}

/** Profiles whose sequence parameter sets speak of chroma (H.264 §7.3.2.1.1). */
const highProfiles = new Set([100, 110, 122, 244, 44, 83, 86, 118, 128]);

/**
 * Reads an AVC decoder configuration (ISO/IEC 14496-15 §5.3.3). Null for streams whose frames cannot simply be held: CABAC,
 * frames out of order, fields, weighted or redundant pictures.
 */
export function readSliceSyntax(avcC: Uint8Array): SliceSyntax | null {
  const sets = parameterSetsIn(avcC);
  if (sets === null) return null;
  const sequence = readSequence(sets.sequence);
  const picture = readPicture(sets.picture);
  if (sequence === null || picture === null) return null;
  return { ...sequence, ...picture };
}

/** Both without their NAL headers; null unless there is one of each. */
function parameterSetsIn(avcC: Uint8Array): { sequence: Uint8Array; picture: Uint8Array } | null {
  const lengthSize = ((avcC[4] ?? 0) & 3) + 1;
  const one = { sequence: (avcC[5] ?? 0) & 31, lengthSize };
  if (one.sequence !== 1 || one.lengthSize !== 4) return null;
  const sequenceEnd = 8 + u16(avcC, 6);
  if (avcC[sequenceEnd] !== 1) return null;
  const pictureStart = sequenceEnd + 3;
  return {
    sequence: unescapeNal(avcC.subarray(9, sequenceEnd)),
    picture: unescapeNal(avcC.subarray(pictureStart + 1, pictureStart + u16(avcC, sequenceEnd + 1))),
  };
}

function readSequence(bytes: Uint8Array): Pick<SliceSyntax, 'frameNumBits' | 'macroblocks'> | null {
  const read = readBits(bytes);
  const profile = read.bits(8);
  read.bits(16); // constraints and level
  read.unsigned(); // id
  if (highProfiles.has(profile)) {
    const chroma = read.unsigned();
    read.unsigned(); // depth of luma
    read.unsigned(); // depth of chroma
    const [isTransparent, hasScaling] = [read.bits(1), read.bits(1)];
    if (chroma !== 1 || isTransparent || hasScaling) return null;
  }
  const frameNumBits = read.unsigned() + 4;
  // Type 2: frames are shown in the order they stand in, so one more needs no count of its own.
  if (read.unsigned() !== 2) return null;
  read.unsigned(); // how many frames may be referred to
  read.bits(1); // gaps
  const macroblocks = (read.unsigned() + 1) * (read.unsigned() + 1);
  const isWholeFrames = read.bits(1) === 1;
  return isWholeFrames ? { frameNumBits, macroblocks } : null;
}

function readPicture(bytes: Uint8Array): Pick<SliceSyntax, 'hasDeblockingControl' | 'parameterSetId'> | null {
  const read = readBits(bytes);
  const parameterSetId = read.unsigned();
  read.unsigned(); // of which sequence
  const [isCabac, isField] = [read.bits(1), read.bits(1)];
  const groups = read.unsigned();
  read.unsigned(); // default references, list 0
  read.unsigned(); // and list 1
  const weighted = read.bits(3);
  read.signed(); // quantizer
  read.signed();
  read.signed();
  const hasDeblockingControl = read.bits(1) === 1;
  read.bits(1); // constrained intra prediction
  const isRedundant = read.bits(1);
  if (isCabac || isField || groups !== 0 || weighted || isRedundant) return null;
  return { hasDeblockingControl, parameterSetId };
}

function u16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}
