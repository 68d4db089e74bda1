import type { Browser } from 'puppeteer-core';
import puppeteer from 'puppeteer-core';
import { DearlyError } from '../../../errors.ts';
import { browserFlags } from './browser-flags.ts';

export interface LaunchOptions {
  readonly browserPath: string;
  /** Folder for its profile; it must not be there yet. */
  readonly profileDir: string;
  /** Of the stage's server, its only way out. */
  readonly port: number;
}

/** Browsers that do not start inside their sandbox on this machine (as root, or where user namespaces are shut). */
const unsandboxed = new Set<string>();

/**
 * Starts a browser in a process group of its own, inside its sandbox where that works. We talk to it over a pipe: no port
 * that others could take it over by, and it ends by itself when we do. @throws DearlyError `browser-unavailable`
 */
export async function launchBrowser(options: LaunchOptions): Promise<Browser> {
  const { browserPath } = options;
  if (process.getuid?.() === 0) unsandboxed.add(browserPath);
  if (!unsandboxed.has(browserPath)) {
    try {
      return await start(options, true);
    } catch {
      const browser = await begin(options);
      unsandboxed.add(browserPath);
      return browser;
    }
  }
  return begin(options);
}

async function begin(options: LaunchOptions): Promise<Browser> {
  return start(options, false).catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new DearlyError('browser-unavailable', `The browser at ${options.browserPath} does not start.`, {
      cause,
      details: reason.split('\n').slice(0, 4),
    });
  });
}

function start({ browserPath, profileDir, port }: LaunchOptions, sandbox: boolean): Promise<Browser> {
  return puppeteer.launch({
    executablePath: browserPath,
    headless: 'shell',
    pipe: true,
    args: browserFlags({ port, sandbox }),
    userDataDir: profileDir,
    timeout: 60_000,
    // A page at work answers when it is done; the lane watches it frame by frame.
    protocolTimeout: 0,
    // The shells decide what a signal means, and close their lanes.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    defaultViewport: { width: 64, height: 64, deviceScaleFactor: 1 },
  });
}
