import sharp from 'sharp';

export interface PosterOptions {
  /** Pixels; mail programs show it at half of that or less. */
  readonly width?: number;
  /** The play sign's colours, `#rrggbb`. */
  readonly disc: string;
  readonly sign: string;
}

/** Mail programs with a slow line still show it at once. */
const limitBytes = 150_000;

/**
 * The email's picture of a video: a frame with a play button in the middle, JPEG. The button's disc is a fifth of
 * the picture's height across, so that a page can lay a real button exactly over it.
 */
export async function makePoster(stillPng: Uint8Array, options: PosterOptions): Promise<Uint8Array> {
  const { width = 1200 } = options;
  const scaled = sharp(stillPng).resize({ width, kernel: 'lanczos3' });
  const { data, info } = await scaled
    .flatten({ background: '#000' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const button = Buffer.from(playButton(info.height * playButtonShare, options));
  const picture = sharp(data, { raw: info }).composite([{ input: button, gravity: 'centre' }]);
  const drawn = await picture.raw().toBuffer({ resolveWithObject: true });
  for (const quality of [86, 78, 68, 56]) {
    const jpeg = await sharp(drawn.data, { raw: drawn.info })
      .jpeg({
        quality,
        mozjpeg: true,
        progressive: true,
        chromaSubsampling: quality > 80 ? '4:4:4' : '4:2:0',
      })
      .toBuffer();
    if (jpeg.byteLength < limitBytes || quality === 56) return new Uint8Array(jpeg);
  }
  throw new Error('unreachable: the last quality always returns');
}

/** The disc's diameter as a share of the picture's height. */
export const playButtonShare = 0.2;

/** Paths only: sharp has no fonts on a bare machine. The shadow is a gradient, as blurs differ between SVG engines. */
function playButton(diameter: number, { disc, sign }: PosterOptions): string {
  const size = Math.round(diameter * 1.6);
  const c = size / 2;
  const r = diameter / 2;
  // A triangle looks centred when its centre of gravity is.
  const t = r * 0.42;
  const points = [
    [c - t * 0.62, c - t],
    [c + t * 1.12, c],
    [c - t * 0.62, c + t],
  ];
  const path = points.map(([x = 0, y = 0]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join(' L ');
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}">
  <defs><radialGradient id="shadow"><stop offset="0.6" stop-color="#000" stop-opacity="0.34"/><stop offset="1" stop-color="#000" stop-opacity="0"/></radialGradient></defs>
  <circle cx="${c}" cy="${c + r * 0.06}" r="${(r * 1.42).toFixed(1)}" fill="url(#shadow)"/>
  <circle cx="${c}" cy="${c}" r="${r.toFixed(1)}" fill="${disc}"/>
  <path d="M ${path} Z" fill="${sign}" stroke="${sign}" stroke-width="${(r * 0.12).toFixed(1)}" stroke-linejoin="round"/>
</svg>`;
}
