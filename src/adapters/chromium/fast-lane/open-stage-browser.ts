// Enters: a browser's path and the stage's files. Leaves: a browser that can reach these files and nothing else.
// Never: a process or a profile that outlives close().
import type { Browser, Page } from 'puppeteer-core';
import { openRecord, recordBrowser, removeRecord } from '../browser-records.ts';
import { launchBrowser } from './launch-browser.ts';
import { stagePolicy } from './stage-policy.ts';
import { openStageServer, type ReadStageFile } from './stage-server.ts';

export interface StageBrowserOptions {
  readonly browserPath: string;
  /** Keeps the profile, and a record by which `reapBrowsers` finds what a killed process left. */
  readonly dataDir: string;
  /** What pages may load, by its path below the secret one. `index.html` is the page itself. */
  readonly read: ReadStageFile;
  /** Content-Security-Policy of every answer; the stage's own unless a test wants to see what holds without it. */
  readonly policy?: string;
}

export interface StageBrowser {
  /** Where the stage's files are: `http://127.0.0.1:<port>/<secret>/`. */
  readonly url: string;
  /** What pages or the browser itself asked for in vain, as `METHOD target`. */
  readonly refused: readonly string[];
  /** The browser's own process; its group has the same number. */
  readonly pid: number;
  /**
   * A new page that shows `index.html`. A test that wants other content gives its own `read`, or calls `evaluate` or
   * `setContent` on the page; `page.setBypassCSP(true)` and a reload leave only the network's walls standing.
   */
  openPage(): Promise<Page>;
  /** Called once when the browser has ended, for whatever reason. */
  onEnd(listener: () => void): void;
  /** Kills all of its processes; resolves when the profile is gone. */
  close(): Promise<void>;
}

/** @throws DearlyError `browser-unavailable` */
export async function openStageBrowser(options: StageBrowserOptions): Promise<StageBrowser> {
  const record = await openRecord(options.dataDir);
  const server = await openStageServer(options.read, options.policy ?? stagePolicy);
  let browser: Browser;
  try {
    const { browserPath } = options;
    browser = await launchBrowser({ browserPath, profileDir: record.profileDir, port: server.port });
  } catch (fault) {
    await server.close();
    await removeRecord(record);
    throw fault;
  }
  const pid = browser.process()?.pid ?? 0;
  await recordBrowser(record, pid);
  let closing: Promise<void> | null = null;

  async function end(): Promise<void> {
    const child = browser.process();
    const ended = new Promise<void>((resolve) => {
      if (child === null || child.exitCode !== null || child.signalCode !== null) resolve();
      else child.once('exit', () => resolve());
    });
    killGroup(pid);
    await ended;
    await browser.close().catch(() => {});
    await server.close();
    await removeRecord(record);
  }

  return {
    url: server.url,
    refused: server.refused,
    pid,
    async openPage() {
      const page = await browser.newPage();
      await page.goto(`${server.url}index.html`, { waitUntil: 'load', timeout: 60_000 });
      return page;
    },
    onEnd: (listener) => void browser.once('disconnected', listener),
    close() {
      closing ??= end();
      return closing;
    },
  };
}

function killGroup(pid: number): void {
  if (pid <= 1) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
