import sharp from 'sharp';
import { openPicture } from '../open-picture.ts';
import { type PlayButtonColors, playButton } from './play-button.ts';

export interface GifOptions extends PlayButtonColors {
  /** Between two frames; GIF counts in hundredths of a second. */
  readonly delayMs?: number;
  /** For the first frame: time to read it. */
  readonly holdMs?: number;
  /** Pixels, if the frames have as many. */
  readonly width?: number;
  readonly limitBytes?: number;
}

interface Step {
  readonly scale: number;
  readonly colours: number;
  /** One frame in so many stays, the first always. */
  readonly every: number;
}

const best: Step = { scale: 1, colours: 256, every: 1 };

/** Given up in this order: colours, then size, then smoothness, then all movement. Letters stay sharp throughout. */
const steps: readonly Step[] = [
  { scale: 1, colours: 128, every: 1 },
  { scale: 1, colours: 64, every: 1 },
  { scale: 0.8, colours: 96, every: 1 },
  { scale: 0.8, colours: 64, every: 2 },
  { scale: 0.64, colours: 64, every: 2 },
  { scale: 0.64, colours: 32, every: 3 },
  { scale: 0.5, colours: 32, every: 4 },
  { scale: 0.5, colours: 64, every: Number.POSITIVE_INFINITY },
];

/** Portraits are taller than wide, and mail programs show no column of 1,000 pixels. */
const tallest = 1.25;

/**
 * A loop for mail: first the frame that carries the message, held, as some programs show nothing else; then the movement.
 * Every frame has the play button. @param frames of one size, the message first
 * @throws DearlyError `picture-unusable`
 */
export async function makeGif(frames: readonly Uint8Array[], options: GifOptions = {}): Promise<Uint8Array> {
  const { delayMs = 100, holdMs = 2500, width = 600, limitBytes = 1_000_000 } = options;
  const pagesOf = scaleOnce(frames, options);
  const encode = async ({ scale, colours, every }: Step): Promise<Buffer> => {
    const { pages, size } = await pagesOf(Math.round(width * scale));
    const chosen = pages.filter((_, at) => at % every === 0);
    const raw = {
      ...size,
      height: size.height * chosen.length,
      channels: 3,
      pageHeight: size.height,
    } as const;
    return await sharp(Buffer.concat(chosen), { raw })
      .gif({
        colours,
        // Noise between two colours costs more bytes than anything else, and moves.
        dither: 0.2,
        effort: 4,
        interFrameMaxError: 6,
        interPaletteMaxError: 8,
        loop: 0,
        delay: chosen.map((_, at) => (at === 0 ? holdMs : delayMs * every)),
      })
      .toBuffer();
  };
  let gif = await encode(best);
  let at = 0;
  while (gif.byteLength > limitBytes && at < steps.length) {
    // Far too large: what lies in between would be tried in vain.
    if (gif.byteLength > 3 * limitBytes) at = Math.min(at + 2, steps.length - 1);
    gif = await encode(steps[at] ?? best);
    at += 1;
  }
  return new Uint8Array(gif);
}

interface Pages {
  /** RGB, three bytes a pixel. */
  readonly pages: readonly Buffer[];
  readonly size: { readonly width: number; readonly height: number };
}

/** The frames under their play buttons, drawn once for each width. */
function scaleOnce(frames: readonly Uint8Array[], colors: PlayButtonColors) {
  const done = new Map<number, Promise<Pages>>();
  return (width: number): Promise<Pages> => {
    const pages = done.get(width) ?? scaleAll(frames, width, colors);
    done.set(width, pages);
    return pages;
  };
}

async function scaleAll(
  frames: readonly Uint8Array[],
  width: number,
  colors: PlayButtonColors,
): Promise<Pages> {
  const pages: Buffer[] = [];
  let size = { width: 0, height: 0 };
  for (const frame of frames) {
    const { data, info } = await (await openPicture(frame))
      .resize({ width, height: Math.round(width * tallest), fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#000' })
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true });
    size = { width: info.width, height: info.height };
    const pressed = sharp(data, { raw: info }).composite([playButton(size, colors)]);
    pages.push(await pressed.removeAlpha().raw().toBuffer());
  }
  return { pages, size };
}
