import { resolve } from 'node:path';
import { findBrowser } from '../../src/adapters/chromium/find-browser.ts';
import { readConfig } from '../../src/config.ts';

/** The browser's path. Unpacked once for all test files and runs: it has 190 MB. */
export async function testBrowser(): Promise<string> {
  const { path } = await findBrowser({ browser: readConfig().browser, dataDir: resolve('.dearly/tests') });
  return path;
}
