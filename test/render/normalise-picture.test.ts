import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { normalisePicture } from '../../src/render/normalise-picture.ts';

const plain = () => sharp({ create: { width: 40, height: 20, channels: 4, background: '#2a6f' } });
const codeOf = (bytes: Uint8Array, type = 'image/png') =>
  normalisePicture(bytes, type).then(
    () => 'taken',
    (error) => `${error.code}: ${error.message}`,
  );

test.each([
  ['image/jpeg', await plain().jpeg().toBuffer()],
  ['image/png', await plain().png().toBuffer()],
  ['image/webp', await plain().webp().toBuffer()],
  ['image/gif', await plain().gif().toBuffer()],
  ['image/avif', await plain().avif().toBuffer()],
])('%s becomes WebP of the same size, the same each time', async (type, bytes) => {
  const once = await normalisePicture(bytes, type);
  expect(await sharp(once).metadata()).toMatchObject({ format: 'webp', width: 40, height: 20 });
  expect(Buffer.from(await normalisePicture(bytes, type)).equals(once)).toBe(true);
});

test('place, camera and what stands behind the picture stay out; it stands upright', async () => {
  const exif = { IFD0: { Artist: 'Ada Secret', Orientation: '6' }, IFD3: { GPSLatitude: '53/1 33/1 0/1' } };
  const photo = await plain().jpeg().withExif(exif).withMetadata({ orientation: 6, exif }).toBuffer();
  const polyglot = Buffer.concat([photo, Buffer.from('<script>alert(1)</script><svg onload=alert(1)>')]);
  const clean = await normalisePicture(polyglot, 'image/jpeg');
  const { exif: kept, xmp, icc, width, height } = await sharp(clean).metadata();
  expect({ kept, xmp, icc, width, height }).toEqual({ width: 20, height: 40 });
  expect(Buffer.from(clean).toString('latin1')).not.toMatch(/Secret|script|svg/);
});

test('large ones are made smaller, small ones are not made larger', async () => {
  const large = await sharp({ create: { width: 4000, height: 1000, channels: 3, background: '#000' } })
    .png()
    .toBuffer();
  expect(await sharp(await normalisePicture(large, 'image/png')).metadata()).toMatchObject({
    width: 1920,
    height: 480,
  });
});

test('of a moving picture the first frame is taken', async () => {
  const frames = Buffer.alloc(8 * 8 * 3 * 50, Buffer.from([10, 20, 200]));
  frames.fill(Buffer.from([200, 20, 10]), 8 * 8 * 3);
  const gif = await sharp(frames, { raw: { width: 8, height: 400, channels: 3, pageHeight: 8 } })
    .gif({ loop: 0 })
    .toBuffer();
  expect((await sharp(gif).metadata()).pages).toBeGreaterThan(1);
  const still = await normalisePicture(gif, 'image/gif');
  const { pages = 1, width, height } = await sharp(still).metadata();
  expect({ pages, width, height }).toEqual({ pages: 1, width: 8, height: 8 });
  const { dominant } = await sharp(still).stats();
  expect(dominant.b).toBeGreaterThan(dominant.r);
});

/** A PNG whose header promises more than it holds. */
function promise(width: number, height: number): Buffer {
  const chunk = (name: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(name), data]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(data.length, 0);
    frame.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.alloc(1_000_000))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

test('above 25 megapixels the header is enough', async () => {
  expect(await codeOf(promise(5001, 5000))).toContain(
    'asset-refused: The picture is not taken: it has more than 25',
  );
  expect(await codeOf(promise(60_000, 60_000))).toContain('asset-refused');
});

test('what is cut off, empty or another thing than it began as is refused', async () => {
  const png = await sharp(Buffer.from(Array.from({ length: 300 * 300 * 3 }, (_, at) => (at * 7919) % 251)), {
    raw: { width: 300, height: 300, channels: 3 },
  })
    .png()
    .toBuffer();
  expect(await codeOf(png.subarray(0, png.length / 2))).toContain('it cannot be decoded');
  expect(await codeOf(Buffer.alloc(0))).toContain('it cannot be decoded');
  expect(await codeOf(png, 'image/gif')).toContain('goes on as png');
  expect(await codeOf(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'image/png')).toContain(
    'asset-refused',
  );
  expect(await codeOf(png, 'image/svg+xml')).toContain('it is image/svg+xml');
  expect(await codeOf(png, 'audio/mpeg')).toContain('it is audio/mpeg');
});
