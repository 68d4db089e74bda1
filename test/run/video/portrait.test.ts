import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFastLane } from '../../../src/adapters/chromium/fast-lane/fast-lane.ts';
import { createReferenceLane } from '../../../src/adapters/chromium/reference-lane.ts';
import { createGuardedFetch } from '../../../src/adapters/fetch/guarded-fetch.ts';
import { decodeVideo } from '../../../src/adapters/ffmpeg/decode-video.ts';
import { loadComposition } from '../../../src/adapters/packs/load-composition.ts';
import { folderStore } from '../../../src/adapters/storage/folder-store.ts';
import { makeStoryboard } from '../../../src/merge/make-storyboard.ts';
import type { Storyboard } from '../../../src/merge/snapshot.ts';
import type { Lane } from '../../../src/render/lane.ts';
import { jobOf, segmentKey } from '../../../src/render/segment-key.ts';
import { type Assets, makeAssets } from '../../../src/run/video/fetch-assets.ts';
import { testBrowser } from '../../support/test-browser.ts';
import { certificate, openTlsServer, type TlsServer } from '../../support/tls-server.ts';

/** From a profile's address, over TLS, through guard and store, into frames of both lanes. */
const compositionsDir = fileURLToPath(new URL('../../fixtures/gallery', import.meta.url));
let dataDir: string;
let server: TlsServer;
let assets: Assets;
let lanes: Readonly<Record<'reference' | 'fast', Lane>>;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'dearly-portrait-'));
  const red = sharp({ create: { width: 300, height: 300, channels: 3, background: '#e01020' } });
  const photo = await red.jpeg().toBuffer();
  server = await openTlsServer((request, response) => {
    if (request.url?.startsWith('/photo')) response.end(photo);
    else if (request.url === '/vector') response.end('<svg xmlns="http://www.w3.org/2000/svg"/>');
    else response.writeHead(404).end();
  });
  const fetchAsset = createGuardedFetch({
    isAllowed: (address) => address === '127.0.0.1',
    ports: [server.port],
    ca: certificate,
  });
  assets = makeAssets({ store: folderStore(join(dataDir, 'store')), fetchAsset });
  const options = { browserPath: testBrowser, dataDir, compositionsDir, assets: assets.read };
  lanes = { reference: createReferenceLane(options), fast: createFastLane({ ...options, pages: 1 }) };
});
afterAll(async () => {
  await Promise.all(Object.values(lanes ?? {}).map((lane) => lane.close()));
  await server?.close();
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
});

async function portraitOf(path: string | null): Promise<Storyboard> {
  const photo = path === null ? null : `https://127.0.0.1:${server.port}${path}`;
  const loaded = await loadComposition(compositionsDir, 'portrait');
  return makeStoryboard(loaded, { name: 'Ada', photo }, 'de', '2026-11-22');
}

/** Red, green, blue of a point in the left half, where the photo stands. */
async function colorOf(png: Uint8Array): Promise<number[]> {
  const spot = { left: 300, top: 340, width: 1, height: 1 };
  return [...(await sharp(png).extract(spot).removeAlpha().raw().toBuffer())];
}

test.each(['reference', 'fast'] as const)(
  'the %s lane shows the picture, in stills and in segments',
  async (name) => {
    const lane = lanes[name];
    const job = jobOf(await assets.settle(await portraitOf('/photo')), '16:9', 0);
    const [red = 0, green = 255, blue = 255] = await colorOf(await lane.still(job, 3));
    expect([red > 200, green < 40, blue < 60]).toEqual([true, true, true]);
    const file = join(dataDir, `${name}.mp4`);
    await writeFile(file, await lane.segment(job));
    expect(await decodeVideo(file)).toMatchObject({ frames: 6, codec: 'h264' });
  },
  180_000,
);

test('a profile without a picture has a film without one', async () => {
  const job = jobOf(await assets.settle(await portraitOf(null)), '16:9', 0);
  const [red = 255, , blue = 0] = await colorOf(await lanes.reference.still(job, 3));
  expect([red < 40, blue > 80]).toEqual([true, true]);
}, 180_000);

test('the picture, not its address, keys the segment', async () => {
  const keyOf = async (path: string) =>
    segmentKey(jobOf(await assets.settle(await portraitOf(path)), '16:9', 0), 'x');
  expect(await keyOf('/photo?of=ada')).toBe(await keyOf('/photo?of=bob'));
});

test.each([
  ['/vector', 'asset-refused', 'never'],
  ['/gone', 'asset-unavailable', 'later'],
])('%s is told with its scene and nothing of its address', async (path, code, retry) => {
  const fault = await assets.settle(await portraitOf(`${path}`)).catch((error) => error);
  expect(fault).toMatchObject({ code, retry, message: expect.stringContaining('portrait, scene "face": ') });
  expect(fault.message).not.toContain(path);
});
