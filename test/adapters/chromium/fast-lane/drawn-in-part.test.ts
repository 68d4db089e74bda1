import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildStage } from '../../../../src/adapters/chromium/fast-lane/build-stage.ts';
import {
  openStageBrowser,
  type StageBrowser,
} from '../../../../src/adapters/chromium/fast-lane/open-stage-browser.ts';
import type { PartsCheck } from '../../../../src/adapters/chromium/fast-lane/protocol.ts';
import type { Storyboard } from '../../../../src/merge/snapshot.ts';
import type { SceneProps } from '../../../../src/template/composition.ts';
import { type Format, formats } from '../../../../src/template/composition.ts';
import { offerStoryboard, sampleStoryboard } from '../../../compositions/sample-storyboard.ts';
import { testBrowser } from '../../../support/test-browser.ts';
import { oddCompositions, shippedCompositions } from './open-lane.ts';

// Frames are drawn only where they changed. Here each is drawn a second time, as a whole. Outside of what was drawn nothing may
// differ (but for the rounding that check-parts.ts tells of); inside, a curve that is cut by a rectangle may be blended in
// another way at its very edge.
/** Of 921,600. */
const edgePixels = 40;

let dataDir: string;
const browsers: Record<string, StageBrowser> = {};

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'dearly-fast-'));
  const browserPath = await testBrowser();
  for (const [name, compositionsDir] of Object.entries({
    shipped: shippedCompositions,
    odd: oddCompositions,
  })) {
    const read = await buildStage({ dataDir, compositionsDir });
    browsers[name] = await openStageBrowser({ browserPath, dataDir, read });
  }
}, 120_000);

afterAll(async () => {
  await Promise.all(Object.values(browsers).map((it) => it.close()));
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
});

type Film = Pick<Storyboard, 'composition' | 'fps' | 'lang'> & {
  readonly scenes: readonly {
    readonly id: string;
    readonly durationInFrames: number;
    readonly props: SceneProps;
  }[];
};

/** By scene. */
async function check(browser: StageBrowser | undefined, film: Film, format: Format) {
  const { composition, fps, lang, scenes } = film;
  const checks: Record<string, PartsCheck> = {};
  const rest = scenes.values();
  const work = async () => {
    const page = await browser?.openPage();
    for (const { id, durationInFrames, props } of rest) {
      const scene = { id, durationInFrames, props };
      const job = { composition, fps, lang, ...formats[format], scene, drawAlways: false };
      const result = await page?.evaluate((it) => window.dearlyStage.checkParts(it), job);
      if (result) checks[id] = result;
    }
    await page?.close();
  };
  await Promise.all([work(), work()]);
  return checks;
}

const hostile = { firstName: 'فاطمة\u202e <b>Ŵîllïåm</b> 👩🏽‍🚀 Wolfeschlegelsteinhausenbergerdorff' };

test.each(['16:9', '9:16'] as const)(
  'frames drawn in part miss nothing: %s',
  async (format) => {
    const isWide = format === '16:9';
    const films = [
      await sampleStoryboard('ada-credit', isWide ? {} : hostile),
      await offerStoryboard('ada-fix', isWide ? {} : hostile),
    ];
    for (const { storyboard } of films) {
      const checks = await check(browsers.shipped, storyboard, format);
      for (const { id } of storyboard.scenes) {
        expect(checks[id]?.missed, id).toEqual([]);
        expect(checks[id]?.rough, id).toBeLessThanOrEqual(edgePixels);
      }
      const inPart = Object.values(checks).reduce((sum, it) => sum + it.inPart, 0);
      expect(inPart).toBeGreaterThan(100);
    }
  },
  180_000,
);

test('so are frames whose elements move one another', async () => {
  const scenes = [{ id: 'reflows', durationInFrames: 30, props: {} }];
  const { reflows } = await check(browsers.odd, { composition: 'odd', fps: 30, lang: 'en', scenes }, '16:9');
  expect(reflows?.missed).toEqual([]);
  expect(reflows?.rough).toBeLessThanOrEqual(edgePixels);
  expect(reflows?.inPart).toBeGreaterThan(20);
}, 60_000);

test.each(['shadow', 'filter', 'marks'])(
  'where ink goes beyond every box, all is drawn: %s',
  async (how) => {
    const scenes = [{ id: 'glows', durationInFrames: 12, props: { how } }];
    const { glows } = await check(browsers.odd, { composition: 'odd', fps: 30, lang: 'en', scenes }, '16:9');
    expect(glows).toEqual({ whole: 12, inPart: 0, missed: [], rough: 0 });
  },
  60_000,
);
