import { resolve } from 'node:path';
import { openBrowser } from '@remotion/renderer';
import { DearlyError } from '../../errors.ts';
import { prepareStarter } from './browser-starter.ts';
import { bundleStage } from './bundle-stage.ts';
import { keepOnLoopback } from './keep-on-loopback.ts';
import { reapBrowsers } from './reap-browsers.ts';

export interface StageOptions {
  /** Asked for once, when the first picture is drawn. */
  readonly browserPath: () => Promise<string>;
  /** Keeps the bundle between runs. */
  readonly dataDir: string;
  readonly compositionsDir: string;
}

/** What every call to @remotion/renderer wants to know of bundle and browser. */
export interface Stage {
  readonly serveUrl: string;
  readonly puppeteerInstance: Awaited<ReturnType<typeof openBrowser>>;
  readonly browserExecutable: string;
}

export interface OpenedStage {
  readonly stage: Stage;
  isRunning(): Promise<boolean>;
  /** Ends the browser; its profile goes with it. */
  close(): Promise<void>;
}

/** @throws DearlyError `browser-unavailable`; `render-failed` where the scenes cannot be bundled */
export async function openStage(options: StageOptions): Promise<OpenedStage> {
  keepOnLoopback();
  const { dataDir } = options;
  const [serveUrl, browserPath] = await Promise.all([
    bundleStage(options),
    options.browserPath(),
    reapBrowsers(dataDir),
  ]);
  const starter = await prepareStarter(resolve(browserPath), resolve(dataDir));
  try {
    const puppeteerInstance = await openBrowser('chrome', {
      browserExecutable: starter.path,
      chromeMode: 'headless-shell',
      logLevel: 'error',
    });
    await starter.started();
    return {
      stage: { serveUrl, puppeteerInstance, browserExecutable: starter.path },
      isRunning: () => starter.isRunning(),
      async close() {
        await puppeteerInstance.close({ silent: true }).catch(() => {});
        await starter.remove();
      },
    };
  } catch (cause) {
    await starter.remove();
    throw new DearlyError('browser-unavailable', `The browser at ${browserPath} does not start.`, { cause });
  }
}
