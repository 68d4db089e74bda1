import { openBrowser } from '@remotion/renderer';
import { DearlyError } from '../../errors.ts';
import { bundleStage } from './bundle-stage.ts';
import { keepOnLoopback } from './keep-on-loopback.ts';

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

/** @throws DearlyError `browser-unavailable`; `render-failed` where the scenes cannot be bundled */
export async function openStage(options: StageOptions): Promise<Stage> {
  keepOnLoopback();
  const [serveUrl, browserExecutable] = await Promise.all([bundleStage(options), options.browserPath()]);
  try {
    const puppeteerInstance = await openBrowser('chrome', {
      browserExecutable,
      chromeMode: 'headless-shell',
      logLevel: 'error',
    });
    return { serveUrl, puppeteerInstance, browserExecutable };
  } catch (cause) {
    throw new DearlyError('browser-unavailable', `The browser at ${browserExecutable} does not start.`, {
      cause,
    });
  }
}
