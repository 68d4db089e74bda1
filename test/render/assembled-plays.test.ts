import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ffmpegSoundCodec } from '../../src/adapters/ffmpeg/sound-codec.ts';
import { assemble } from '../../src/render/assemble.ts';
import { readSegment } from '../../src/render/read-segment.ts';
import { jobsOf } from '../../src/render/segment-key.ts';
import { flatLane } from '../support/flat-lane.ts';
import { sampleFilm, scene } from '../support/sample-film.ts';
import { testBrowser } from '../support/test-browser.ts';

let dataDir: string;
let browser: Browser;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'dearly-plays-'));
  browser = await chromium.launch({ executablePath: await testBrowser() });
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await rm(dataDir, { recursive: true, force: true });
});

test('a browser plays it, knows its length, and shows the right scene wherever it is sought', async () => {
  const film = sampleFilm([scene('one', 25), scene('two', 2), scene('three', 40), scene('four', 13)]);
  const seconds = 80 / 30;
  const lane = flatLane();
  const jobs = jobsOf(film, '16:9');
  const segments = await Promise.all(jobs.map(async (it) => readSegment(await lane.segment(it), it)));
  const samples = Float32Array.from(
    { length: Math.round(seconds * 48_000) },
    (_, at) => Math.sin(at / 20) / 8,
  );
  const sound = await ffmpegSoundCodec(dataDir).encode(
    { left: samples, right: samples },
    AbortSignal.timeout(60_000),
  );
  const mp4 = await assemble(film, segments, sound);

  const page = await browser.newPage();
  // The first and the last frame of every scene, looked at in the middle of its time.
  const ends = film.scenes.map((_, index) => framesBefore(film.scenes.slice(0, index + 1)));
  const shown = film.scenes.flatMap((it, index) => {
    const end = ends[index] ?? 0;
    return [end - it.durationInFrames, end - 1].map((frame) => ({
      index,
      seconds: (frame + 0.5) / film.fps,
    }));
  });
  const seen = await page.evaluate(
    async ({ base64, times }) => {
      const bytes = Uint8Array.from(atob(base64), (it) => it.charCodeAt(0));
      const video = document.createElement('video');
      const happens = (name: string) =>
        new Promise<void>((resolve, reject) => {
          video.addEventListener(name, () => resolve(), { once: true });
          video.addEventListener('error', () => reject(new Error(video.error?.message)), { once: true });
        });
      const loaded = happens('canplaythrough');
      video.muted = true;
      video.src = URL.createObjectURL(new Blob([bytes], { type: 'video/mp4' }));
      document.body.append(video);
      await loaded;
      const context = Object.assign(document.createElement('canvas'), { width: 8, height: 8 }).getContext(
        '2d',
      );
      const colours: number[][] = [];
      // Backwards as well, so that nothing comes from playing on.
      for (const time of [...times, ...times.toReversed()]) {
        const sought = happens('seeked');
        video.currentTime = time;
        await sought;
        context?.drawImage(video, 0, 0, 8, 8);
        colours.push([...(context?.getImageData(4, 4, 1, 1).data.slice(0, 3) ?? [])]);
      }
      video.currentTime = 0;
      const ended = happens('ended');
      await video.play();
      await ended;
      return { duration: video.duration, seekable: video.seekable.end(0), colours };
    },
    { base64: Buffer.from(mp4).toString('base64'), times: shown.map((it) => it.seconds) },
  );
  await page.close();
  expect(seen.duration).toBeCloseTo(seconds, 2);
  expect(seen.seekable).toBeCloseTo(seconds, 2);
  const expected = await Promise.all(
    jobs.map(async (it) =>
      (
        await sharp(await lane.still(it, 0))
          .raw()
          .toBuffer()
      ).subarray(0, 3),
    ),
  );
  for (const [at, { index }] of [...shown, ...shown.toReversed()].entries()) {
    const colour = seen.colours[at] ?? [];
    const distances = expected.map((it) =>
      Math.hypot(...[...it].map((value, channel) => value - (colour[channel] ?? 0))),
    );
    expect(distances.indexOf(Math.min(...distances)), `frame ${at} shows scene ${index}`).toBe(index);
  }
});

function framesBefore(scenes: readonly { readonly durationInFrames: number }[]): number {
  return scenes.reduce((sum, it) => sum + it.durationInFrames, 0);
}
