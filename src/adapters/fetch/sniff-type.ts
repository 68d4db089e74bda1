export type AssetType =
  | 'image/jpeg'
  | 'image/png'
  | 'image/webp'
  | 'image/gif'
  | 'image/avif'
  | 'audio/mpeg'
  | 'audio/mp4'
  | 'audio/aac'
  | 'audio/wav'
  | 'audio/ogg'
  | 'audio/flac';

/** What bytes are by how they begin; null for all we do not take: SVG and HTML have no such beginning. */
export function sniffType(bytes: Uint8Array): AssetType | null {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 64)).toString('latin1');
  if (text.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (/^GIF8[79]a/.test(text)) return 'image/gif';
  if (/^RIFF.{4}WEBPVP8/s.test(text)) return 'image/webp';
  if (/^RIFF.{4}WAVE/s.test(text)) return 'audio/wav';
  if (text.startsWith('OggS')) return 'audio/ogg';
  if (text.startsWith('fLaC')) return 'audio/flac';
  if (text.startsWith('ID3')) return 'audio/mpeg';
  return isoType(text) ?? mpegType(bytes);
}

/** ISO/IEC 14496-12: the file type box names the brands, the major one first. */
function isoType(text: string): AssetType | null {
  if (text.slice(4, 8) !== 'ftyp') return null;
  const end = Math.min(text.charCodeAt(2) * 256 + text.charCodeAt(3), 64);
  const brands: readonly string[] = text.slice(8, end).match(/.{4}/gs) ?? [];
  if (brands.includes('avif')) return 'image/avif';
  return brands[0] === 'M4A ' ? 'audio/mp4' : null;
}

/** A stream of MPEG audio has no head: each frame begins with 11 bits set, version and layer. */
function mpegType(bytes: Uint8Array): AssetType | null {
  const [first = 0, second = 0] = bytes;
  if (first !== 0xff) return null;
  if ((second & 0xf6) === 0xf0) return 'audio/aac';
  return (second & 0xe6) === 0xe2 && second !== 0xea && second !== 0xeb ? 'audio/mpeg' : null;
}
