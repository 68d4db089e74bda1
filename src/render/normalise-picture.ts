// Enters: bytes that claim to be a picture. Leaves: the same picture as WebP, written by us from its pixels.
// Never: what else the file held: its place, its camera, a second file behind the first.
import sharp from 'sharp';
import { DearlyError } from '../errors.ts';

/** A header is enough to say how large a picture unpacks; nothing is unpacked above this. */
const limitPixels = 25_000_000;
const limitSeconds = 20;
/** No film shows more of it. Pixels of the longer side. */
const side = 1920;

/** By the names that sharp gives formats. */
const formatOf: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpeg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/gif': 'gif',
  'image/avif': 'heif',
};

/**
 * Upright, in sRGB, at most 1920 pixels wide or high; of a moving picture its first frame, as a film moves by frames of
 * its own. The same bytes make the same bytes. @throws DearlyError `asset-refused`
 */
export async function normalisePicture(bytes: Uint8Array, type: string): Promise<Uint8Array> {
  const refuse = (reason: string, cause?: unknown) =>
    new DearlyError('asset-refused', `The picture is not taken: ${reason}.`, { cause });
  const expected = formatOf[type];
  if (expected === undefined) throw refuse(`it is ${type}`);
  try {
    // Header alone; the limit stands where pixels are made, and here in words of our own.
    const { format, width, height } = await sharp(bytes, { limitInputPixels: false }).metadata();
    if (format !== expected) throw refuse(`it begins as ${type} and goes on as ${format}`);
    if (width * height > limitPixels) throw refuse('it has more than 25 megapixels');
    const webp = await sharp(bytes, { limitInputPixels: limitPixels, failOn: 'error' })
      .autoOrient()
      .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 92, smartSubsample: true })
      .timeout({ seconds: limitSeconds })
      .toBuffer();
    return new Uint8Array(webp);
  } catch (cause) {
    throw cause instanceof DearlyError ? cause : refuse('it cannot be decoded', cause);
  }
}
