import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { createWorker, PSM } from 'tesseract.js';

const languageData = dirname(createRequire(import.meta.url).resolve('@tesseract.js-data/eng/package.json'));

export interface LineReader {
  /** Reads one line of text, which stands between `top` and `top + height` (pixels), whatever its colours. */
  read(picture: Uint8Array, line: { readonly top: number; readonly height: number }): Promise<string>;
  close(): Promise<void>;
}

/** Reads what pixels say; offline, with the language data of the npm package. */
export async function openReader(): Promise<LineReader> {
  const langPath = join(languageData, '4.0.0_best_int');
  const worker = await createWorker('eng', 1, { langPath, cacheMethod: 'none', gzip: true });
  await worker.setParameters({ tessedit_pageseg_mode: PSM.SINGLE_LINE });
  return {
    async read(picture, { top, height }) {
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
      return (await worker.recognize(await padded.png().toBuffer())).data.text.trim();
    },
    close: async () => void (await worker.terminate()),
  };
}

/** Only its digits: separators and currency signs differ between fonts, locales and readers. */
export function digitsOf(text: string): string {
  return text.replace(/\D/g, '');
}
