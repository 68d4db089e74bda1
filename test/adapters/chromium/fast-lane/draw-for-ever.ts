// A process of its own for tests that kill it: draws without end in the data folder it is given.
import { createFastLane } from '../../../../src/adapters/chromium/fast-lane/fast-lane.ts';
import { testBrowser } from '../../../support/test-browser.ts';
import { oddCompositions, oddJob } from './open-lane.ts';

const dataDir = process.argv[2];
if (dataDir === undefined) throw new Error('no data folder');
const lane = createFastLane({
  browserPath: testBrowser,
  dataDir,
  compositionsDir: oddCompositions,
});
const job = oddJob('plain', { colors: ['#000', '#fff'] }, { durationInFrames: 1_000_000, paint: 'always' });
let told = false;
await lane.segment(job, {
  onFrames: () => {
    if (!told) process.stdout.write('drawing\n');
    told = true;
  },
});
