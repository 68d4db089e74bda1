import { configDefaults, defineConfig } from 'vitest/config';
import { LongestFirst } from './test/longest-first.ts';

/** What leaves nothing behind in its process: rooms without I/O, and houses that each file opens and closes. */
const tidy = [
  ...['answer', 'campaign', 'contract', 'decide', 'deliver', 'measure', 'merge', 'profile', 'segment'],
  ...['shell/http', 'template', 'templates', 'track'],
].map((folder) => `test/${folder}/**/*.test.ts`);

const patience = {
  testTimeout: 60_000,
  hookTimeout: 120_000,
  // A busy machine may take long over what it shows in the end.
  expect: { poll: { timeout: 15_000 } },
} as const;

export default defineConfig({
  test: {
    globalSetup: ['test/global-setup.ts'],
    // On two cores a quarter of the time is waiting (mail servers, leases, browsers that start): a third file fills it.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    projects: [
      // Files after one another in one process: what they import is loaded once.
      { test: { ...patience, name: 'tidy', include: tidy, isolate: false } },
      {
        test: {
          ...patience,
          name: 'apart',
          include: ['test/**/*.test.ts'],
          // Pictures to look at are no tests: `npm run shots` takes them.
          exclude: [
            ...configDefaults.exclude,
            ...tidy,
            ...(process.env.DEARLY_SHOTS ? [] : ['test/**/shots.test.ts']),
          ],
        },
      },
    ],
  },
});
