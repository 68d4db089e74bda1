import sharp, { type Sharp } from 'sharp';
import { DearlyError } from '../errors.ts';

/** Unpacked, 25 megapixels are 100 MB. */
export const limitPixels = 25_000_000;

/** A picture ready to be worked on; only its header has been read. @throws DearlyError `picture-unusable`, naming its size */
export async function openPicture(bytes: Uint8Array): Promise<Sharp> {
  const { width, height } = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch((cause: unknown) => {
      throw new DearlyError('picture-unusable', 'The picture cannot be decoded.', { cause });
    });
  if (width * height > limitPixels) {
    const megapixels = Math.ceil((width * height) / 100_000) / 10;
    throw new DearlyError(
      'picture-unusable',
      `The picture has ${width} × ${height} pixels (${megapixels} megapixels); at most 25 megapixels are taken.`,
    );
  }
  return sharp(bytes, { limitInputPixels: limitPixels });
}
