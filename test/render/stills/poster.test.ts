import sharp from 'sharp';
import { expect, test } from 'vitest';
import { playButtonInset, playButtonShare } from '../../../src/render/stills/play-button.ts';
import { makePoster } from '../../../src/render/stills/poster.ts';

const night = { r: 14, g: 27, b: 51 };

test('a poster is a JPEG of mail size with its play button in the corner', async () => {
  const still = await sharp({ create: { width: 1280, height: 720, channels: 3, background: night } })
    .png()
    .toBuffer();
  const poster = await makePoster(still);
  const { format, width, height } = await sharp(poster).metadata();
  expect({ format, width, height }).toEqual({ format: 'jpeg', width: 1200, height: 675 });
  const { data, info } = await sharp(poster).raw().toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number) =>
    data[(Math.round(y) * info.width + Math.round(x)) * info.channels] ?? 0;
  const fromEdge = 675 * (playButtonInset + playButtonShare / 2);
  const radius = (675 * playButtonShare) / 2;
  const [x, y] = [1200 - fromEdge, 675 - fromEdge];
  expect(at(x, y), 'the sign').toBeLessThan(60);
  expect(at(x - radius * 0.8, y), 'the disc').toBeGreaterThan(230);
  expect(at(600, 200), 'the picture').toBeLessThan(40);
});

test('even a picture of noise stays small enough for mail', async () => {
  const noise = { type: 'gaussian', mean: 128, sigma: 30 } as const;
  const still = await sharp({ create: { width: 1280, height: 720, channels: 3, background: night, noise } })
    .png()
    .toBuffer();
  expect((await makePoster(still)).byteLength).toBeLessThan(400_000);
});

test('as WebP it is smaller; nothing is enlarged', async () => {
  const create = { width: 720, height: 1280, channels: 3, background: night } as const;
  const still = await sharp({ create }).png().toBuffer();
  const [webp, jpeg] = await Promise.all([makePoster(still, { type: 'webp' }), makePoster(still)]);
  const { format, width, height } = await sharp(webp).metadata();
  expect({ format, width, height }).toEqual({ format: 'webp', width: 720, height: 1280 });
  expect(webp.byteLength).toBeLessThan(jpeg.byteLength);
});
