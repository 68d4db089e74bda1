import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { createWorker, PSM } from 'tesseract.js';

/** Small enough that a figure of a third of the frame's height is as high as print. */
const figureWidth = 320;
const languageData = dirname(createRequire(import.meta.url).resolve('@tesseract.js-data/eng/package.json'));

export interface Reader {
  /** All it finds: small print first, then large figures, which the engine overlooks at full size. */
  read(picture: Uint8Array): Promise<string>;
  /** One line between `top` and `top + height` (pixels), whatever its colours. */
  readLine(picture: Uint8Array, line: { readonly top: number; readonly height: number }): Promise<string>;
  /** Ends its thread. */
  close(): Promise<void>;
}

/** Reads what pixels say; offline, with the language data of the npm package. */
export async function openReader(): Promise<Reader> {
  const langPath = join(languageData, '4.0.0_best_int');
  // Without a cache: the unpacked language would land in the working directory.
  const worker = await createWorker('eng', 1, { langPath, cacheMethod: 'none', gzip: true });
  const textOf = async (picture: Uint8Array, mode: PSM) => {
    await worker.setParameters({ tessedit_pageseg_mode: mode });
    return (await worker.recognize(Buffer.from(picture))).data.text.trim();
  };
  return {
    async read(picture) {
      const small = await sharp(picture).resize({ width: figureWidth }).png().toBuffer();
      return `${await textOf(picture, PSM.AUTO)}\n${await textOf(small, PSM.AUTO)}`;
    },
    async readLine(picture, { top, height }) {
      const { width = 0 } = await sharp(picture).metadata();
      const strip = sharp(
        await sharp(picture).extract({ left: 0, top, width, height }).greyscale().toBuffer(),
      );
      const { mean = 255 } = (await strip.stats()).channels[0] ?? {};
      // Dark letters on light ground, some 40 pixels high: what the engine was trained on.
      const upright = mean < 128 ? strip.negate() : strip;
      const prepared = await upright.normalise().resize({ height: 80 }).png().toBuffer();
      const padded = sharp(prepared)
        .extend({ top: 20, bottom: 20, background: '#fff' })
        .withMetadata({ density: 150 });
      return await textOf(await padded.png().toBuffer(), PSM.SINGLE_LINE);
    },
    close: async () => void (await worker.terminate()),
  };
}

/** Only its digits: separators and currency signs differ between fonts, locales and readers. */
export function digitsOf(text: string): string {
  return text.replace(/\D/g, '');
}
