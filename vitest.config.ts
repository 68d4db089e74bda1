import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/global-setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // A busy machine may take long over what it shows in the end.
    expect: { poll: { timeout: 15_000 } },
    // Two cores: one file may hold a browser while another holds the database.
    maxWorkers: 2,
  },
});
