// Enters: scenes. Leaves: their segments and stills, drawn by @remotion/renderer in one kept browser.
// Never: a browser download, a request beyond loopback, or a process that outlives close().
import { createHash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Storyboard } from '../../merge/snapshot.ts';
import { encoder } from '../../render/encoder.ts';
import { inlineAssets, type ReadAsset } from '../../render/inline-assets.ts';
import type { DrawOptions, Lane, SceneJob } from '../../render/lane.ts';
import { formats } from '../../template/composition.ts';
import { askVersion } from './find-browser.ts';
import { freePort } from './free-port.ts';
import type { OpenedStage, StageOptions } from './open-stage.ts';
import { renderFault } from './render-fault.ts';
import { stageHash } from './source-hash.ts';
import { takeTurns } from './take-turns.ts';

export interface ReferenceLaneOptions extends StageOptions {
  /** Pictures that props name as `asset:<sha256>`. */
  readonly assets?: ReadAsset;
  /** Pages that draw one scene side by side. */
  readonly concurrency?: number;
  /** A frame that takes longer counts as failed. */
  readonly frameTimeoutMs?: number;
}

/** Remotion, its bundler and all, is loaded with the first scene: what draws none starts sooner. */
const remotion = () => import('@remotion/renderer');

/** Remotion answers a cancel at once, gives its encoder two seconds to end, and only then tidies up. */
const clearingMs = 2500;

export function createReferenceLane(options: ReferenceLaneOptions): Lane {
  const { concurrency = 2, frameTimeoutMs = 30_000, assets = async () => null } = options;
  const segmentTurn = takeTurns();
  const stillTurn = takeTurns();
  let opening: Promise<OpenedStage> | null = null;
  let identity: Promise<string> | null = null;
  /** When the last render that did not end well will have removed its folders. */
  let cleanAtMs = 0;

  async function open(): Promise<OpenedStage> {
    const { openStage } = await import('./open-stage.ts');
    return await openStage(options);
  }

  /** A browser that failed to start is asked for again the next time. */
  function enter(): Promise<OpenedStage> {
    opening ??= open().catch((cause: unknown) => {
      opening = null;
      throw cause;
    });
    return opening;
  }

  /** A browser that has died is not asked again: the next scene gets a new one. */
  async function leaveDead(): Promise<void> {
    const opened = opening;
    const stage = await opened?.catch(() => null);
    if (!stage || (await stage.isRunning())) return;
    if (opening === opened) opening = null;
    await stage.close();
  }

  /** Each call serves the bundle on a port of its own; left alone Remotion takes 3000, where our own server wants to be. */
  async function prepare({ scene, ...rest }: SceneJob) {
    const job = { ...rest, scene: { ...scene, props: await inlineAssets(scene.props, assets) } };
    const inputProps = { storyboard: storyboardOf(job), format: job.format };
    return {
      ...(await enter()).stage,
      inputProps,
      composition: describe(job, inputProps),
      port: await freePort(),
      logLevel: 'error',
      chromeMode: 'headless-shell',
      timeoutInMilliseconds: frameTimeoutMs,
    } as const;
  }

  async function drawSegment(job: SceneJob, { onFrames, signal }: DrawOptions): Promise<Uint8Array> {
    const { makeCancelSignal, renderMedia } = await remotion();
    const { cancel, cancelSignal } = makeCancelSignal();
    signal?.addEventListener('abort', cancel, { once: true });
    let done = 0;
    const advance = (frames: number) => {
      if (frames > done) onFrames?.(frames - done);
      done = Math.max(done, frames);
    };
    try {
      const prepared = await prepare(job);
      signal?.throwIfAborted();
      const { buffer } = await renderMedia({
        ...prepared,
        ...encoder,
        ffmpegOverride: withoutBFrames,
        // Fed while it draws, a cancelled encoder breaks its pipe in a promise that nobody holds, and the process with it.
        disallowParallelEncoding: true,
        concurrency,
        cancelSignal,
        onProgress: ({ renderedFrames }) => advance(renderedFrames),
      });
      if (!buffer) throw new Error('the encoder gave no file');
      advance(job.scene.durationInFrames);
      return new Uint8Array(buffer);
    } catch (cause) {
      cleanAtMs = performance.now() + clearingMs;
      await leaveDead();
      signal?.throwIfAborted();
      throw renderFault(job, cause);
    } finally {
      signal?.removeEventListener('abort', cancel);
    }
  }

  async function drawStill(job: SceneJob, frame: number, signal?: AbortSignal): Promise<Uint8Array> {
    const { makeCancelSignal, renderStill } = await remotion();
    const { cancel, cancelSignal } = makeCancelSignal();
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      const prepared = await prepare(job);
      signal?.throwIfAborted();
      const { buffer } = await renderStill({
        ...prepared,
        frame,
        imageFormat: 'png',
        output: null,
        cancelSignal,
      });
      if (!buffer) throw new Error('the browser gave no picture');
      return new Uint8Array(buffer);
    } catch (cause) {
      await leaveDead();
      signal?.throwIfAborted();
      throw renderFault(job, cause);
    } finally {
      signal?.removeEventListener('abort', cancel);
    }
  }

  async function identify(): Promise<string> {
    const browser = await askVersion(await options.browserPath());
    const stage = await stageHash(options.compositionsDir);
    const content = JSON.stringify({ lane: 'reference', encoder, bFrames: 0, browser, stage });
    return `reference-${createHash('sha256').update(content).digest('hex').slice(0, 16)}`;
  }

  return {
    name: 'reference',
    drawnBy() {
      identity ??= identify().catch((cause: unknown) => {
        identity = null;
        throw cause;
      });
      return identity;
    },
    segment: (job, draw = {}) => segmentTurn(() => drawSegment(job, draw), draw.signal),
    still: (job, frame, signal) => stillTurn(() => drawStill(job, frame, signal), signal),
    async close() {
      const opened = opening;
      opening = null;
      await setTimeout(Math.max(0, cleanAtMs - performance.now()));
      await opened?.then((it) => it.close()).catch(() => {});
    },
  };
}

/** The stage shows storyboards: here one of a single scene. */
function storyboardOf({ composition, version, fps, lang, scene }: SceneJob): Storyboard {
  return {
    composition,
    version,
    fps,
    lang,
    posterFrame: 0,
    scenes: [{ ...scene, chapter: '', caption: '' }],
  };
}

/** What `selectComposition` would open a page to ask for: the job says it all. */
function describe({ format, fps, scene }: SceneJob, props: Record<string, unknown>) {
  return {
    id: 'storyboard',
    ...formats[format],
    fps,
    durationInFrames: scene.durationInFrames,
    props,
    defaultProps: {},
    defaultCodec: null,
    defaultOutName: null,
    defaultVideoImageFormat: null,
    defaultPixelFormat: null,
    defaultProResProfile: null,
    defaultSampleRate: null,
  };
}

/** Then a segment's packets stand in the order in which they are shown, and segments join without edit lists. */
function withoutBFrames({ args }: { readonly args: string[] }): string[] {
  return args.includes('libx264') ? [...args.slice(0, -1), '-bf', '0', ...args.slice(-1)] : args;
}
