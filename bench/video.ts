import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { findBrowser } from '../src/adapters/chromium/find-browser.ts';
import { createRemotionRenderer } from '../src/adapters/chromium/remotion-renderer.ts';
import { loadComposition } from '../src/adapters/packs/load-composition.ts';
import { loadPack } from '../src/adapters/packs/load-pack.ts';
import { loadSamples } from '../src/adapters/packs/load-samples.ts';
import { readConfig } from '../src/config.ts';
import { takeSnapshot } from '../src/merge/take-snapshot.ts';

export const title = "The statement's film as MP4, 1280×720: frames a second with one page and with two.";

/** The first ten seconds: northern light, chart, rolling amount. The browser and the bundle are there already. */
const frames = [0, 299] as const;

export async function measure(): Promise<Record<string, number>> {
  const pack = await loadPack('templates', 'statement');
  const composition = await loadComposition('compositions', 'statement');
  const profile = (await loadSamples('templates', 'statement'))[0]?.profile;
  if (profile === undefined) throw new Error('the pack has no samples');
  const how = { sender: 'nordlicht', variant: 'a', tracking: true, now: new Date() };
  const id = '0199a0f0-0000-7000-8000-000000000001';
  const { storyboard } = takeSnapshot({ id, profile, pack, composition, ...how });
  if (storyboard === null) throw new Error('the sample has no film');
  const dataDir = await mkdtemp(join(tmpdir(), 'dearly-bench-'));
  try {
    const { path } = await findBrowser({ browser: readConfig().browser, dataDir });
    const compositionsDir = resolve('compositions');
    const figures: Record<string, number> = {};
    for (const concurrency of [1, 2]) {
      const renderer = createRemotionRenderer({
        browserPath: async () => path,
        dataDir,
        compositionsDir,
        concurrency,
      });
      await renderer.still(storyboard, { format: '16:9', frame: 0 });
      const out = join(dataDir, 'film.mp4');
      const start = performance.now();
      const { sizeBytes } = await renderer.video(storyboard, { format: '16:9', out, frames });
      const seconds = (performance.now() - start) / 1000;
      figures[`framesPerSecondPages${concurrency}`] = Math.round(((frames[1] + 1) / seconds) * 10) / 10;
      figures.bytes = sizeBytes;
      await renderer.close();
    }
    return figures;
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}
