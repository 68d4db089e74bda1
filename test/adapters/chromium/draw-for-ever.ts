// A process of its own for a test that kills it: draws by the reference lane in the data folder it is given.
import { fileURLToPath } from 'node:url';
import { createReferenceLane } from '../../../src/adapters/chromium/reference-lane.ts';
import { sampleStoryboard } from '../../compositions/sample-storyboard.ts';
import { jobOf } from '../../support/job-of.ts';
import { testBrowser } from '../../support/test-browser.ts';

const dataDir = process.argv[2];
if (dataDir === undefined) throw new Error('no data folder');
const lane = createReferenceLane({
  browserPath: testBrowser,
  dataDir,
  compositionsDir: fileURLToPath(new URL('../../../compositions', import.meta.url)),
});
const { storyboard } = await sampleStoryboard('ada-credit');
const job = jobOf(storyboard, 'greeting');
let told = false;
await lane.segment(
  { ...job, scene: { ...job.scene, durationInFrames: 100_000 } },
  {
    onFrames: () => {
      if (!told) process.stdout.write('drawing\n');
      told = true;
    },
  },
);
