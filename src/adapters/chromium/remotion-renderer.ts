// Enters: storyboards. Leaves: MP4 files and PNG stills, drawn by @remotion/renderer in one kept browser.
// Never: a browser download, a request beyond loopback, or a process that outlives close().
import { stat } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import {
  makeCancelSignal,
  openBrowser,
  renderMedia,
  renderStill,
  selectComposition,
} from '@remotion/renderer';
import { DearlyError } from '../../errors.ts';
import type { Storyboard } from '../../merge/snapshot.ts';
import { encoder } from '../../render/encoder.ts';
import type { Renderer, VideoOptions } from '../../render/renderer.ts';
import type { Format } from '../../template/composition.ts';
import { bundleStage } from './bundle-stage.ts';
import { freePort } from './free-port.ts';
import { keepOnLoopback } from './keep-on-loopback.ts';
import { renderFault } from './render-fault.ts';

export interface RemotionRendererOptions {
  /** Asked for once, when the first picture is drawn. */
  readonly browserPath: () => Promise<string>;
  /** Keeps the bundle between runs. */
  readonly dataDir: string;
  readonly compositionsDir: string;
  /** Pages that draw one video side by side. */
  readonly concurrency?: number;
  /** A frame that takes longer counts as failed. */
  readonly frameTimeoutMs?: number;
}

/** Remotion answers a cancel at once, gives its encoder two seconds to end, and only then tidies up. */
const clearingMs = 2500;

interface Studio {
  readonly serveUrl: string;
  readonly puppeteerInstance: Awaited<ReturnType<typeof openBrowser>>;
  readonly browserExecutable: string;
}

export function createRemotionRenderer(options: RemotionRendererOptions): Renderer {
  const { concurrency = 2, frameTimeoutMs = 30_000 } = options;
  let studio: Promise<Studio> | null = null;
  /** When the last render that did not end well will have removed its folders. */
  let cleanAtMs = 0;

  /** A browser that failed to start is asked for again the next time. */
  function enter(): Promise<Studio> {
    studio ??= open(options).catch((cause: unknown) => {
      studio = null;
      throw cause;
    });
    return studio;
  }

  /** Each call serves the bundle on a port of its own; left alone Remotion takes 3000, where our own server wants to be. */
  async function prepare(storyboard: Storyboard, format: Format) {
    const shared = {
      ...(await enter()),
      inputProps: { storyboard, format },
      logLevel: 'error',
      chromeMode: 'headless-shell',
      timeoutInMilliseconds: frameTimeoutMs,
    } as const;
    const composition = await selectComposition({ ...shared, id: 'storyboard', port: await freePort() });
    return { ...shared, composition, port: await freePort() };
  }

  async function video(storyboard: Storyboard, { format, out, frames, onProgress, signal }: VideoOptions) {
    signal?.throwIfAborted();
    const { cancel, cancelSignal } = makeCancelSignal();
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      const job = await prepare(storyboard, format);
      signal?.throwIfAborted();
      const [first, last] = frames ?? [0, job.composition.durationInFrames - 1];
      await renderMedia({
        ...job,
        ...encoder,
        outputLocation: out,
        frameRange: [first, last],
        concurrency,
        cancelSignal,
        overwrite: true,
        ...(onProgress && { onProgress: ({ progress }) => onProgress(progress) }),
      });
      const { size } = await stat(out);
      return { durationMs: Math.round(((last - first + 1) / storyboard.fps) * 1000), sizeBytes: size };
    } catch (cause) {
      cleanAtMs = performance.now() + clearingMs;
      signal?.throwIfAborted();
      throw faultOf(storyboard, cause);
    } finally {
      signal?.removeEventListener('abort', cancel);
    }
  }

  async function still(storyboard: Storyboard, { format, frame }: { format: Format; frame: number }) {
    try {
      const job = await prepare(storyboard, format);
      const { buffer } = await renderStill({ ...job, frame, imageFormat: 'png', output: null });
      if (!buffer) throw new Error('the browser gave no picture');
      return new Uint8Array(buffer);
    } catch (cause) {
      throw faultOf(storyboard, cause, frame);
    }
  }

  async function close() {
    const opened = studio;
    studio = null;
    await setTimeout(Math.max(0, cleanAtMs - performance.now()));
    await opened?.then(({ puppeteerInstance }) => puppeteerInstance.close({ silent: true })).catch(() => {});
  }

  return { video, still, close };
}

async function open(options: RemotionRendererOptions): Promise<Studio> {
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

function faultOf({ composition, scenes }: Storyboard, cause: unknown, frame?: number): DearlyError {
  const said = cause instanceof Error ? cause.message : String(cause);
  const at = frame ?? Number(/frame (\d+)/i.exec(said)?.[1] ?? 0);
  let end = 0;
  const scene = scenes.find(({ durationInFrames }) => {
    end += durationInFrames;
    return at < end;
  });
  if (!scene) throw cause;
  return renderFault({ composition, scene }, cause);
}
