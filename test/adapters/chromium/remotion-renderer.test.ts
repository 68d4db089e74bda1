import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findBrowser } from '../../../src/adapters/chromium/find-browser.ts';
import { createRemotionRenderer } from '../../../src/adapters/chromium/remotion-renderer.ts';
import { decodeVideo } from '../../../src/adapters/ffmpeg/decode-video.ts';
import { extractFrame } from '../../../src/adapters/ffmpeg/extract-frame.ts';
import { readConfig } from '../../../src/config.ts';
import type { Storyboard } from '../../../src/merge/snapshot.ts';
import type { Renderer } from '../../../src/render/renderer.ts';
import { sampleStoryboard } from '../../compositions/sample-storyboard.ts';
import { openReader } from '../../support/read-picture.ts';

const compositionsDir = fileURLToPath(new URL('../../../compositions', import.meta.url));
let dataDir: string;
let renderer: Renderer;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'dearly-render-'));
  const { browser } = readConfig();
  const browserPath = async () => (await findBrowser({ browser, dataDir })).path;
  renderer = createRemotionRenderer({ browserPath, dataDir, compositionsDir });
});

afterAll(async () => {
  await renderer?.close();
  await rm(dataDir, { recursive: true, force: true });
});

test('every scene draws, at its place in the whole', async () => {
  const { storyboard } = await sampleStoryboard('ada-credit');
  for (const { id, frame } of restsOf(storyboard)) {
    const still = await renderer.still(storyboard, { format: '16:9', frame });
    const picture = sharp(still);
    const { width, height } = await picture.metadata();
    expect({ id, width, height }).toEqual({ id, width: 1280, height: 720 });
    const { channels } = await picture.stats();
    expect(Math.max(...channels.map((it) => it.stdev)), `${id} is not blank`).toBeGreaterThan(12);
  }
  expect(await readdir(join(dataDir, 'web')), 'one bundle, no draft').toHaveLength(1);
}, 90_000);

test('the film shows the very amount of the view, frame for frame of a real MP4', async () => {
  const { storyboard, view } = await sampleStoryboard('ada-credit');
  const rest = restsOf(storyboard).find((it) => it.id === 'cost')?.frame ?? 0;
  const out = join(dataDir, 'cost.mp4');
  const shares: number[] = [];
  const made = await renderer.video(storyboard, {
    format: '16:9',
    out,
    frames: [rest - 19, rest],
    onProgress: (share) => shares.push(share),
  });
  const video = await decodeVideo(out);
  expect(video).toMatchObject({
    frames: 20,
    codec: 'h264',
    pixelFormat: 'yuv420p',
    width: 1280,
    height: 720,
  });
  expect(video.messages).toEqual([]);
  expect(made.durationMs).toBe(667);
  expect(made.sizeBytes).toBeGreaterThan(2000);
  expect(shares.at(-1)).toBe(1);
  expect(await boxesOf(out), 'starts to play before all of it is there').toMatch(/moov.*mdat/);

  const reader = await openReader();
  try {
    const text = await reader.read(await extractFrame(out, 600));
    expect(digits(text)).toContain(digits(view.cost.total));
    expect(digits(text)).toContain(digits(view.cost.energy));
  } finally {
    await reader.close();
  }
}, 90_000);

test('names of any length and script are drawn', async () => {
  const { storyboard } = await sampleStoryboard('beatrice-due', {
    firstName: 'Maximiliana-Theodora Wilhelmine Friederike Antoinette 🌻 עדה <b>',
  });
  const still = await renderer.still(storyboard, { format: '9:16', frame: storyboard.posterFrame });
  const { data, info } = await sharp(still).raw().toBuffer({ resolveWithObject: true });
  expect(info).toMatchObject({ width: 720, height: 1280 });
  let petals = 0;
  for (let at = 0; at < data.length; at += info.channels) {
    const [red = 0, green = 0, blue = 0] = data.subarray(at, at + 3);
    if (red > 220 && green > 140 && blue < 90) petals += 1;
  }
  expect(petals, 'an emoji in its colours, on a machine without fonts').toBeGreaterThan(100);
}, 60_000);

test('a scene without a component is named', async () => {
  const { storyboard } = await sampleStoryboard('ada-credit');
  const [first, ...rest] = storyboard.scenes;
  if (!first) throw new Error('no scene');
  const broken = { ...storyboard, scenes: [{ ...first, id: 'gone' }, ...rest] };
  const fault = await renderer.still(broken, { format: '16:9', frame: 5 }).catch((error) => error);
  expect(fault).toMatchObject({ code: 'render-failed', message: expect.stringContaining('scene "gone"') });
  const still = await renderer.still(storyboard, { format: '16:9', frame: 5 });
  expect(still.byteLength, 'the browser draws on').toBeGreaterThan(1000);
}, 60_000);

test('a render that is called off stops, says so, and leaves no file', async () => {
  const { storyboard } = await sampleStoryboard('ada-credit');
  const stop = new AbortController();
  const out = join(dataDir, 'stopped.mp4');
  const render = renderer.video(storyboard, {
    format: '16:9',
    out,
    signal: stop.signal,
    onProgress: () => stop.abort(new Error('enough')),
  });
  await expect(render).rejects.toThrow('enough');
  expect(await readdir(dataDir)).not.toContain('stopped.mp4');
}, 60_000);

test('close leaves no process', async () => {
  expect(await browsersOf(process.pid)).toBe(1);
  await renderer.close();
  const deadline = Date.now() + 5000;
  while ((await browsersOf(process.pid)) > 0 && Date.now() < deadline) {
    await new Promise((done) => setTimeout(done, 50));
  }
  expect(await browsersOf(process.pid)).toBe(0);
});

/** Where each scene has come to rest. */
function restsOf(storyboard: Storyboard): { readonly id: string; readonly frame: number }[] {
  let start = 0;
  return storyboard.scenes.map(({ id, durationInFrames }) => {
    const frame = start + Math.floor(durationInFrames * 0.85);
    start += durationInFrames;
    return { id, frame };
  });
}

function digits(text: string): string {
  return text.replace(/\D/g, '');
}

/** The names of an MP4's boxes, in order. */
async function boxesOf(path: string): Promise<string> {
  const bytes = await readFile(path);
  const names: string[] = [];
  for (let at = 0; at + 8 <= bytes.length; at += Math.max(8, bytes.readUInt32BE(at))) {
    names.push(bytes.toString('latin1', at + 4, at + 8));
  }
  return names.join(' ');
}

async function browsersOf(parent: number): Promise<number> {
  const ids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  const stats = await Promise.all(ids.map((id) => readFile(`/proc/${id}/stat`, 'utf8').catch(() => '')));
  // pid (name) state ppid …; one that has ended and waits to be collected is none.
  return stats.filter((it) => new RegExp(`\\(.*chrom.*\\) [^Z] ${parent} `).test(it)).length;
}
