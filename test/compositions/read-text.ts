import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { createWorker } from 'tesseract.js';

/** Small enough that a figure of a third of the frame's height is as high as print. */
const figureWidth = 320;

/** Reads text out of video frames, offline: small print and large figures, one after the other. `close` ends its thread. */
export async function openReader(): Promise<{
  read(png: Uint8Array): Promise<string>;
  close(): Promise<void>;
}> {
  const data = dirname(createRequire(import.meta.url).resolve('@tesseract.js-data/eng/package.json'));
  const worker = await createWorker('eng', 1, {
    langPath: join(data, '4.0.0'),
    gzip: true,
    // Otherwise the unpacked language lands in the working directory.
    cacheMethod: 'none',
  });
  return {
    async read(png) {
      const small = await sharp(png).resize({ width: figureWidth }).png().toBuffer();
      const print = await worker.recognize(Buffer.from(png));
      const figures = await worker.recognize(small);
      return `${print.data.text}\n${figures.data.text}`;
    },
    close: async () => void (await worker.terminate()),
  };
}
