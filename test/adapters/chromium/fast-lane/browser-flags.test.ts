import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { browserFlags } from '../../../../src/adapters/chromium/fast-lane/browser-flags.ts';
import { launchBrowser } from '../../../../src/adapters/chromium/fast-lane/launch-browser.ts';
import { testBrowser } from '../../../support/test-browser.ts';

test('the sandbox is given up only where it is asked for', () => {
  expect(browserFlags({ port: 1, sandbox: true }).join(' ')).not.toMatch(/sandbox|zygote/);
  expect(browserFlags({ port: 1, sandbox: false })).toContain('--no-sandbox');
});

test('a browser starts as whoever we are, without a port of its own', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'dearly-flags-'));
  const browserPath = await testBrowser();
  const browser = await launchBrowser({ browserPath, profileDir: join(dataDir, 'profile'), port: 9 });
  try {
    const flags = browser.process()?.spawnargs ?? [];
    expect(flags).toContain('--remote-debugging-pipe');
    expect(flags.filter((flag) => flag.startsWith('--remote-debugging-port'))).toEqual([]);
    if (process.getuid?.() === 0) expect(flags).toContain('--no-sandbox');
    expect(await browser.version()).toMatch(/\d+\./);
  } finally {
    await browser.close();
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  }
});
