import sharp from 'sharp';
import { openPicture } from '../open-picture.ts';
import { type PlayButtonColors, playButton } from './play-button.ts';

export interface PosterOptions extends PlayButtonColors {
  /** JPEG unless said otherwise: mail programs know no other. */
  readonly type?: 'jpeg' | 'webp';
  /** Pixels, if the still has as many; mail programs show it at half of that or less. */
  readonly width?: number;
}

/** Mail programs on a slow line still show it at once. */
const limitBytes = 150_000;
const qualities = [86, 78, 68, 56] as const;

/** A film's picture: one of its frames with a play button. @throws DearlyError `picture-unusable` */
export async function makePoster(stillPng: Uint8Array, options: PosterOptions = {}): Promise<Uint8Array> {
  const { width = 1200, type = 'jpeg' } = options;
  const still = (await openPicture(stillPng))
    .resize({ width, kernel: 'lanczos3', withoutEnlargement: true })
    .flatten({ background: '#000' });
  const { data, info } = await still.raw().toBuffer({ resolveWithObject: true });
  const picture = sharp(data, { raw: info }).composite([playButton(info, options)]);
  const drawn = await picture.raw().toBuffer({ resolveWithObject: true });
  let poster: Buffer = Buffer.alloc(0);
  for (const quality of qualities) {
    const encoding = sharp(drawn.data, { raw: drawn.info });
    const encoded =
      type === 'webp'
        ? encoding.webp({ quality, smartSubsample: true, effort: 5 })
        : encoding.jpeg({
            quality,
            mozjpeg: true,
            progressive: true,
            chromaSubsampling: quality > 80 ? '4:4:4' : '4:2:0',
          });
    poster = await encoded.toBuffer();
    if (poster.byteLength < limitBytes) break;
  }
  return new Uint8Array(poster);
}
