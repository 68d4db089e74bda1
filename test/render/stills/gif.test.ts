import sharp from 'sharp';
import { expect, test } from 'vitest';
import { makeGif } from '../../../src/render/stills/gif.ts';

test('the first frame is the message, held; then the others, for ever', async () => {
  const frames = await Promise.all(['#cc2222', '#2222cc', '#22cc22'].map((color) => plain(color)));
  const gif = await makeGif(frames, { delayMs: 120, holdMs: 3000 });
  const { format, width, pageHeight, pages, delay, loop } = await sharp(gif, { animated: true }).metadata();
  expect({ format, width, pageHeight, pages, delay, loop }).toEqual({
    ...{ format: 'gif', width: 600, pageHeight: 338, pages: 3, loop: 0 },
    delay: [3000, 120, 120],
  });
  const first = await sharp(gif).raw().toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number) =>
    [...first.data.subarray((y * 600 + x) * first.info.channels)].slice(0, 3);
  expect(at(100, 100)[0]).toBeGreaterThan(190);
  expect(at(497, 263), 'the disc of the play button').toEqual([255, 255, 255]);
});

test('a portrait fits a mail column', async () => {
  const gif = await makeGif([await plain('#123456', { width: 720, height: 1280 })]);
  expect(await sharp(gif).metadata()).toMatchObject({ width: 422, height: 750 });
});

test('even noise comes to less than its limit', async () => {
  const frames = await Promise.all(Array.from({ length: 4 }, () => noise()));
  const gif = await makeGif(frames, { limitBytes: 400_000 });
  expect(gif.byteLength).toBeLessThanOrEqual(400_000);
  const small = await makeGif(frames, { limitBytes: 100_000 });
  expect(small.byteLength).toBeLessThanOrEqual(100_000);
  expect((await sharp(small).metadata()).width).toBeGreaterThanOrEqual(240);
}, 120_000);

function plain(background: string, { width, height } = { width: 1280, height: 720 }): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background } })
    .png()
    .toBuffer();
}

function noise(): Promise<Buffer> {
  const settings = { type: 'gaussian', mean: 128, sigma: 40 } as const;
  const create = { width: 480, height: 270, channels: 3, background: '#000', noise: settings } as const;
  return sharp({ create }).png({ compressionLevel: 1 }).toBuffer();
}
