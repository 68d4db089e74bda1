import type { Page } from 'puppeteer-core';
import { closePage } from '../close-page.ts';
import type { Answer, EncoderSetup, StageJob } from './protocol.ts';

/** The page, or the browser around it, is gone; what it was drawing is not done. */
export class PageLost extends Error {
  /** The scene itself is the likely cause, not a neighbour in the same browser. */
  readonly byScene: boolean;

  constructor(message: string, byScene: boolean) {
    super(message);
    this.byScene = byScene;
  }
}

export interface StagePage {
  segment(job: StageJob, encoder: EncoderSetup, watch: Watch): Promise<Answer>;
  still(job: StageJob, frame: number, watch: Watch): Promise<Answer>;
  lacks(encoder: EncoderSetup): Promise<string | null>;
  /** False when its renderer does not let go: then only the browser's end ends it. */
  close(): Promise<boolean>;
}

export interface Watch {
  readonly frameTimeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  readonly onFrames?: ((count: number) => void) | undefined;
}

/** Speaks with one page that shows the stage. Every call but `close` rejects with `PageLost` where the page does not answer. */
export async function createStagePage(page: Page): Promise<StagePage> {
  let onFrames: (count: number) => void = () => {};
  await page.exposeFunction('dearlyFrames', (count: number) => onFrames(count));
  const gone = new Promise<never>((_, reject) => {
    page.once('error', () => reject(new PageLost('its page crashed', true)));
    page.once('close', () => reject(new PageLost('its page was closed', false)));
  });
  gone.catch(() => {});

  /** A page that says nothing for the time of one frame hangs. */
  async function watched(watch: Watch, call: () => Promise<Answer>): Promise<Answer> {
    const { frameTimeoutMs, signal } = watch;
    signal?.throwIfAborted();
    const stop = () => void page.evaluate(() => window.dearlyStage.stop()).catch(() => {});
    let timer: NodeJS.Timeout | undefined;
    const hangs = new Promise<never>((_, reject) => {
      const lost = new PageLost(`a frame took longer than ${frameTimeoutMs / 1000} s`, true);
      const rewind = () => {
        clearTimeout(timer);
        timer = setTimeout(() => reject(lost), frameTimeoutMs);
      };
      rewind();
      onFrames = (count) => {
        rewind();
        watch.onFrames?.(count);
      };
    });
    signal?.addEventListener('abort', stop, { once: true });
    try {
      return await Promise.race([call().catch(asLost), hangs, gone]);
    } finally {
      clearTimeout(timer);
      onFrames = () => {};
      signal?.removeEventListener('abort', stop);
    }
  }

  return {
    segment: (job, encoder, watch) =>
      watched(watch, () =>
        page.evaluate((one, setup) => window.dearlyStage.segment(one, setup), job, encoder),
      ),
    still: (job, frame, watch) =>
      watched(watch, () => page.evaluate((one, at) => window.dearlyStage.still(one, at), job, frame)),
    lacks: (encoder) => page.evaluate((setup) => window.dearlyStage.lacks(setup), encoder),
    close: () => closePage(page),
  };
}

/** The page answers faults of scenes itself; what rejects came from DevTools. */
function asLost(cause: unknown): never {
  const reason = cause instanceof Error ? cause.message : String(cause);
  throw new PageLost(`its page does not answer (${reason})`, false);
}
