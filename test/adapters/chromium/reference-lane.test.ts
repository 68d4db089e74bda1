import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BufferSource, EncodedPacketSink, Input, MP4 } from 'mediabunny';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readRecords } from '../../../src/adapters/chromium/browser-records.ts';
import { reapBrowsers } from '../../../src/adapters/chromium/reap-browsers.ts';
import { createReferenceLane } from '../../../src/adapters/chromium/reference-lane.ts';
import { decodeVideo } from '../../../src/adapters/ffmpeg/decode-video.ts';
import { extractFrame } from '../../../src/adapters/ffmpeg/extract-frame.ts';
import type { Lane, SceneJob } from '../../../src/render/lane.ts';
import { frameAt } from '../../../src/render/stills/frame-at.ts';
import { sampleStoryboard } from '../../compositions/sample-storyboard.ts';
import { jobOf } from '../../support/job-of.ts';
import { digitsOf, openReader } from '../../support/read-picture.ts';
import { testBrowser } from '../../support/test-browser.ts';
import { browsersOf, until } from './fast-lane/processes.ts';

const compositionsDir = fileURLToPath(new URL('../../../compositions', import.meta.url));
const drawer = fileURLToPath(new URL('draw-for-ever.ts', import.meta.url));
let dataDir: string;
let lane: Lane;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'dearly-render-'));
  lane = createReferenceLane({ browserPath: testBrowser, dataDir, compositionsDir });
});

afterAll(async () => {
  await lane?.close();
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
});

test('every scene draws on its own, from its frame 0 on', async () => {
  const { storyboard } = await sampleStoryboard('ada-credit');
  for (const { id, durationInFrames } of storyboard.scenes) {
    const frame = Math.floor(durationInFrames * 0.6);
    const picture = sharp(await lane.still(jobOf(storyboard, id), frame));
    const { width, height } = await picture.metadata();
    expect({ id, width, height }).toEqual({ id, width: 1280, height: 720 });
    const { channels } = await picture.stats();
    expect(Math.max(...channels.map((it) => it.stdev)), `${id} is not blank`).toBeGreaterThan(12);
  }
  expect(await readdir(join(dataDir, 'web')), 'one bundle, no draft').toHaveLength(1);
}, 120_000);

test('a segment shows the very amount of the view, frame for frame of a real MP4', async () => {
  const { storyboard, view } = await sampleStoryboard('ada-credit');
  const job = jobOf(storyboard, 'cost');
  let frames = 0;
  const segment = await lane.segment(job, { onFrames: (count) => (frames += count) });
  const out = join(dataDir, 'cost.mp4');
  await writeFile(out, segment);
  const video = await decodeVideo(out);
  const { durationInFrames } = job.scene;
  expect(video).toMatchObject({ frames: durationInFrames, codec: 'h264', pixelFormat: 'yuv420p' });
  expect(video).toMatchObject({ width: 1280, height: 720, messages: [] });
  expect(video.seconds).toBeCloseTo(durationInFrames / 30, 5);
  expect(frames).toBe(durationInFrames);

  const reader = await openReader();
  try {
    const text = await reader.read(await extractFrame(out, (durationInFrames - 20) * (1000 / 30)));
    expect(digitsOf(text)).toContain(digitsOf(view.cost.total));
    expect(digitsOf(text)).toContain(digitsOf(view.cost.energy));
  } finally {
    await reader.close();
  }
}, 180_000);

test('segments of one format share their decoder configuration, whatever scene and length', async () => {
  const { storyboard } = await sampleStoryboard('beatrice-due');
  const shorten = (job: SceneJob, durationInFrames: number) => ({
    ...job,
    scene: { ...job.scene, durationInFrames },
  });
  const jobs = [
    shorten(jobOf(storyboard, 'greeting', '9:16'), 1),
    shorten(jobOf(storyboard, 'usage', '9:16'), 45),
    shorten(jobOf(storyboard, 'closing', '9:16'), 13),
  ];
  // Asked for at once, as an engine does; they take turns.
  const tracks = await Promise.all(jobs.map(async (job) => readTrack(await lane.segment(job))));
  expect(new Set(tracks.map((it) => it.configuration)).size).toBe(1);
  for (const [n, { packets }] of tracks.entries()) {
    const frames = jobs[n]?.scene.durationInFrames ?? 0;
    expect(packets[0]).toEqual({ type: 'key', at: 0 });
    const inOrder = Array.from({ length: frames }, (_, frame) => frame);
    expect(packets.map((it) => Math.round(it.at * 30))).toEqual(inOrder);
  }
}, 180_000);

test('names of any length and script are drawn', async () => {
  const { storyboard } = await sampleStoryboard('beatrice-due', {
    firstName: 'Maximiliana-Theodora Wilhelmine Friederike Antoinette 🌻 עדה <b>',
  });
  const { job, frame } = frameAt(storyboard, '9:16', storyboard.posterFrame);
  const still = await lane.still(job, frame);
  const { data, info } = await sharp(still).raw().toBuffer({ resolveWithObject: true });
  expect(info).toMatchObject({ width: 720, height: 1280 });
  let petals = 0;
  for (let at = 0; at < data.length; at += info.channels) {
    const [red = 0, green = 0, blue = 0] = data.subarray(at, at + 3);
    if (red > 220 && green > 140 && blue < 90) petals += 1;
  }
  expect(petals, 'an emoji in its colours, on a machine without fonts').toBeGreaterThan(100);
}, 120_000);

test('a scene without a component is named, and the lane draws on', async () => {
  const { storyboard } = await sampleStoryboard('ada-credit');
  const job = jobOf(storyboard, 'greeting');
  const broken: SceneJob = { ...job, scene: { ...job.scene, id: 'gone' } };
  const faults = [await lane.still(broken, 5).catch(refused), await lane.segment(broken).catch(refused)];
  for (const fault of faults) {
    expect(fault).toMatchObject({
      code: 'render-failed',
      message: expect.stringContaining('statement: scene "gone": no component'),
    });
  }
  expect((await lane.still(job, 5)).byteLength).toBeGreaterThan(1000);
}, 120_000);

test('a segment that is called off stops and says so; one that waits behind it never starts', async () => {
  const { storyboard } = await sampleStoryboard('ada-credit');
  const stop = new AbortController();
  const { signal } = stop;
  const drawn: string[] = [];
  const first = lane.segment(jobOf(storyboard, 'usage'), {
    signal,
    onFrames: () => stop.abort(new Error('enough')),
  });
  const second = lane.segment(jobOf(storyboard, 'cost'), { signal, onFrames: () => drawn.push('cost') });
  await Promise.all([expect(first).rejects.toThrow('enough'), expect(second).rejects.toThrow('enough')]);
  expect(drawn).toEqual([]);
}, 120_000);

test('a lane says by what it draws, in the same words each time', async () => {
  const again = createReferenceLane({ browserPath: testBrowser, dataDir, compositionsDir });
  expect(await again.drawnBy()).toBe(await lane.drawnBy());
  expect(await lane.drawnBy()).toMatch(/^reference-[0-9a-f]{16}$/);
}, 60_000);

test('a browser that died is replaced', async () => {
  const { storyboard } = await sampleStoryboard('ada-credit');
  const [record] = await readRecords(dataDir);
  process.kill(-(record?.browser?.pid ?? 0), 'SIGKILL');
  const job = jobOf(storyboard, 'greeting');
  await lane.still(job, 5).catch(refused);
  expect((await lane.still(job, 5)).byteLength).toBeGreaterThan(1000);
}, 120_000);

test('close leaves no process and no profile', async () => {
  expect((await browsersOf(dataDir)).length).toBeGreaterThan(0);
  await lane.close();
  expect(await until(async () => (await browsersOf(dataDir)).length === 0, 10_000)).toBe(true);
  expect(await readdir(join(dataDir, 'browsers'))).toEqual([]);
}, 60_000);

test('what a killed parent left is gone after the next start', async () => {
  // Frames on their way to the encoder stay where temporary files stand; here they go with the data folder.
  const env = { ...process.env, TMPDIR: dataDir };
  const child = spawn(process.execPath, [drawer, dataDir], { stdio: ['ignore', 'pipe', 'inherit'], env });
  try {
    await once(child.stdout, 'data');
    const [record] = await readRecords(dataDir);
    const pid = record?.browser?.pid ?? 0;
    expect(pid).toBeGreaterThan(1);
    // One that stands still does not notice that its parent has died.
    process.kill(-pid, 'SIGSTOP');
  } finally {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  expect(await reapBrowsers(dataDir)).toBe(1);
  expect(await until(async () => (await browsersOf(dataDir)).length === 0, 10_000)).toBe(true);
}, 120_000);

function refused(error: unknown): unknown {
  return error;
}

async function readTrack(segment: Uint8Array) {
  using input = new Input({ source: new BufferSource(segment), formats: [MP4] });
  const track = await input.getPrimaryVideoTrack();
  if (!track) throw new Error('no picture');
  const { description } = (await track.getDecoderConfig()) ?? {};
  if (!description) throw new Error('no decoder configuration');
  const packets: { readonly type: string; readonly at: number }[] = [];
  for await (const { type, timestamp } of new EncodedPacketSink(track).packets()) {
    packets.push({ type, at: timestamp });
  }
  return { configuration: hexOf(description), packets };
}

function hexOf(bytes: AllowSharedBufferSource): string {
  const view = ArrayBuffer.isView(bytes)
    ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    : Buffer.from(bytes);
  return view.toString('hex');
}
