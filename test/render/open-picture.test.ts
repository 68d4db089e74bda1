import sharp from 'sharp';
import { expect, test } from 'vitest';
import { openPicture } from '../../src/render/open-picture.ts';

const blank = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#fff' } })
    .png()
    .toBuffer();

test('a picture of 25 megapixels is taken', async () => {
  const { info } = await (await openPicture(await blank(5000, 5000)))
    .resize(10)
    .toBuffer({ resolveWithObject: true });
  expect(info.width).toBe(10);
}, 60_000);

test('a larger one is refused by its header, its size named', async () => {
  await expect(openPicture(await blank(5001, 5000))).rejects.toMatchObject({
    code: 'picture-unusable',
    message: 'The picture has 5001 × 5000 pixels (25.1 megapixels); at most 25 megapixels are taken.',
  });
}, 60_000);

test('what is no picture is refused', async () => {
  await expect(openPicture(Buffer.from('<html>'))).rejects.toMatchObject({ code: 'picture-unusable' });
});
