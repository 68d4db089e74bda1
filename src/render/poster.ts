import sharp from 'sharp';

export interface PosterOptions {
  /** Pixels; mail programs show it at half of that or less. */
  readonly width?: number;
  /** The play button's colours, `#rrggbb`. */
  readonly disc?: string;
  readonly sign?: string;
}

/** Mail programs on a slow line still show it at once. */
const limitBytes = 150_000;
const qualities = [86, 78, 68, 56] as const;

/**
 * The email's picture of a video: a frame with a play button, as JPEG. The button stands in the lower right corner,
 * where a poster frame keeps room for it: in the middle it would cover the name.
 */
export async function makePoster(stillPng: Uint8Array, options: PosterOptions = {}): Promise<Uint8Array> {
  const { width = 1200, disc = '#ffffff', sign = '#101d33' } = options;
  const still = sharp(stillPng).resize({ width, kernel: 'lanczos3' }).flatten({ background: '#000' });
  const { data, info } = await still.raw().toBuffer({ resolveWithObject: true });
  const button = playButton(info.height * playButtonShare, disc, sign);
  const edge = info.height * (playButtonInset - (playButtonShare * (room - 1)) / 2);
  const size = Math.round(info.height * playButtonShare * room);
  const left = Math.round(info.width - edge - size);
  const top = Math.round(info.height - edge - size);
  const picture = sharp(data, { raw: info }).composite([{ input: Buffer.from(button), left, top }]);
  const drawn = await picture.raw().toBuffer({ resolveWithObject: true });
  let jpeg: Buffer = Buffer.alloc(0);
  for (const quality of qualities) {
    const chromaSubsampling = quality > 80 ? '4:4:4' : '4:2:0';
    jpeg = await sharp(drawn.data, { raw: drawn.info })
      .jpeg({ quality, mozjpeg: true, progressive: true, chromaSubsampling })
      .toBuffer();
    if (jpeg.byteLength < limitBytes) break;
  }
  return new Uint8Array(jpeg);
}

/** The disc's diameter, and its distance from the right and lower edge, as shares of the picture's height. The page's button stands on it. */
export const playButtonShare = 0.2;
export const playButtonInset = 0.122;
/** The button's square with its shadow, in diameters. */
const room = 1.6;

/** Paths only: sharp has no fonts on a bare machine. The shadow is a gradient, as blurs differ between SVG engines. */
function playButton(diameter: number, disc: string, sign: string): string {
  const size = Math.round(diameter * room);
  const c = size / 2;
  const r = diameter / 2;
  // A triangle looks centred when its centre of gravity is.
  const t = r * 0.4;
  const corners = [
    [c - t * 0.62, c - t],
    [c + t * 1.12, c],
    [c - t * 0.62, c + t],
  ];
  const path = corners.map(([x = 0, y = 0]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join(' L ');
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}">
  <defs><radialGradient id="shadow"><stop offset="0.62" stop-color="#000" stop-opacity="0.3"/><stop offset="1" stop-color="#000" stop-opacity="0"/></radialGradient></defs>
  <circle cx="${c}" cy="${c + r * 0.08}" r="${(r * 1.4).toFixed(1)}" fill="url(#shadow)"/>
  <circle cx="${c}" cy="${c}" r="${r.toFixed(1)}" fill="${disc}"/>
  <path d="M ${path} Z" fill="${sign}" stroke="${sign}" stroke-width="${(r * 0.1).toFixed(1)}" stroke-linejoin="round"/>
</svg>`;
}
