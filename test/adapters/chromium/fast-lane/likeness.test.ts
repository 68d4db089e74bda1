import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createReferenceLane } from '../../../../src/adapters/chromium/reference-lane.ts';
import { extractFrame } from '../../../../src/adapters/ffmpeg/extract-frame.ts';
import type { Storyboard } from '../../../../src/merge/snapshot.ts';
import type { Lane, SceneJob } from '../../../../src/render/lane.ts';
import type { Format } from '../../../../src/template/composition.ts';
import { sampleStoryboard } from '../../../compositions/sample-storyboard.ts';
import { ssim } from '../../../support/ssim.ts';
import { testBrowser } from '../../../support/test-browser.ts';
import { openLane, shippedCompositions, type TestLane } from './open-lane.ts';

let it: TestLane;
let reference: Lane;

beforeAll(async () => {
  it = await openLane({ compositionsDir: shippedCompositions });
  reference = createReferenceLane({
    browserPath: testBrowser,
    dataDir: it.dataDir,
    compositionsDir: shippedCompositions,
  });
});

afterAll(async () => {
  await reference?.close();
  await it?.end();
});

test.each(['16:9', '1:1', '9:16'] as const)(
  'every scene of the statement looks the same by both lanes in %s',
  async (format) => {
    const { storyboard } = await sampleStoryboard('ada-credit');
    for (const job of jobsOf(storyboard, format)) {
      // While it comes in, and at rest.
      for (const share of format === '16:9' ? [0.12, 0.8] : [0.8]) {
        const frame = Math.floor(job.scene.durationInFrames * share);
        const [fast, slow] = await Promise.all([it.lane.still(job, frame), reference.still(job, frame)]);
        expect(await ssim(fast, slow), `${job.scene.id}, frame ${frame}`).toBeGreaterThan(0.99);
      }
    }
  },
  300_000,
);

test('encoded, they still do', async () => {
  const { storyboard } = await sampleStoryboard('ada-credit');
  const [first, second] = jobsOf(storyboard, '16:9');
  for (const job of [first, second]) {
    if (!job) throw new Error('no scene');
    const path = join(it.dataDir, `${job.scene.id}.mp4`);
    await writeFile(path, await it.lane.segment(job));
    const frames = Array.from({ length: 5 }, (_, n) =>
      Math.floor(((n + 0.5) / 5) * job.scene.durationInFrames),
    );
    const likenesses: number[] = [];
    for (const frame of frames) {
      const [fast, slow] = await Promise.all([
        extractFrame(path, (frame * 1000) / job.fps),
        reference.still(job, frame),
      ]);
      likenesses.push(await ssim(fast, slow));
    }
    const mean = likenesses.reduce((sum, one) => sum + one, 0) / likenesses.length;
    expect(mean, `${job.scene.id}: ${likenesses.join()}`).toBeGreaterThan(0.97);
  }
}, 300_000);

function jobsOf(storyboard: Storyboard, format: Format): SceneJob[] {
  const { composition, version, fps, lang, scenes } = storyboard;
  return scenes.map((scene) => ({ composition, version, fps, lang, format, scene }));
}
