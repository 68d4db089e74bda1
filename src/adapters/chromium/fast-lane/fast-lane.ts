// Enters: scenes. Leaves: their segments and stills, drawn and encoded inside pages of kept browsers.
// Never: footage, a request beyond the stage, a scene tried a third time, or a process that outlives close().
import { availableParallelism } from 'node:os';
import { DearlyError } from '../../../errors.ts';
import type { ReadAsset } from '../../../render/inline-assets.ts';
import type { DrawOptions, Lane, SceneJob } from '../../../render/lane.ts';
import { formats } from '../../../template/composition.ts';
import { reapBrowsers } from '../reap-browsers.ts';
import { renderFault } from '../render-fault.ts';
import { buildStage } from './build-stage.ts';
import { drawnByFast } from './drawn-by.ts';
import { fastEncoder } from './fast-encoder.ts';
import { openStageBrowser } from './open-stage-browser.ts';
import { createPagePool, type PagePool } from './page-pool.ts';
import type { Answer, EncoderSetup, StageJob, TimeSpent } from './protocol.ts';
import { createStagePage, PageLost, type StagePage } from './stage-page.ts';

export interface FastLaneOptions {
  /** Asked for once, when the first scene is drawn. */
  readonly browserPath: () => Promise<string>;
  /** Keeps the stage's build, browsers' profiles and their records. */
  readonly dataDir: string;
  readonly compositionsDir: string;
  /** Pages at work side by side; as many as there are cores unless said otherwise. */
  readonly pages?: number;
  readonly pagesPerBrowser?: number;
  /** A page that does not finish a frame for so long is killed. */
  readonly frameTimeoutMs?: number;
  readonly tasksPerPage?: number;
  readonly pagesPerBrowserLife?: number;
  /** How to encode, where the house's own way is not wanted. */
  readonly encoder?: EncoderSetup;
  /** Pictures that props name as `asset:<sha256>`. */
  readonly assets?: ReadAsset;
  /** What each segment's time went to, for benches. */
  readonly onSpent?: (job: SceneJob, spent: TimeSpent) => void;
}

/** Losses of a page: those that the scene itself may have caused, and all. */
const triesOfScene = 2;
const triesInAll = 4;

export function createFastLane(options: FastLaneOptions): Lane {
  const { frameTimeoutMs = 30_000, encoder = fastEncoder } = options;
  let opening: Promise<PagePool<StagePage>> | null = null;
  let identity: Promise<string> | null = null;

  /** What failed to open is tried again the next time. */
  function enter(): Promise<PagePool<StagePage>> {
    opening ??= openPool(options).catch((cause: unknown) => {
      opening = null;
      throw cause;
    });
    return opening;
  }

  async function draw(
    job: SceneJob,
    signal: AbortSignal | undefined,
    task: (page: StagePage) => Promise<Answer>,
  ): Promise<Uint8Array> {
    refuseFootage(job);
    const pool = await enter();
    const losses: PageLost[] = [];
    for (;;) {
      try {
        return await pool.use(async (page) => {
          const answer = await task(page);
          signal?.throwIfAborted();
          if (answer.kind === 'failed') throw renderFault(job, new Error(answer.reason));
          options.onSpent?.(job, answer.spent);
          return new Uint8Array(Buffer.from(answer.base64, 'base64'));
        }, signal);
      } catch (fault) {
        if (!(fault instanceof PageLost)) throw fault;
        signal?.throwIfAborted();
        losses.push(fault);
        const byScene = losses.filter((it) => it.byScene).length;
        if (opening === null || byScene >= triesOfScene || losses.length >= triesInAll) {
          throw renderFault(job, fault);
        }
      }
    }
  }

  return {
    name: 'fast',
    drawnBy() {
      identity ??= drawnByFast(options, encoder).catch((cause: unknown) => {
        identity = null;
        throw cause;
      });
      return identity;
    },
    async segment(job, { onFrames, signal }: DrawOptions = {}) {
      let told = 0;
      const tell = (count: number) => {
        told += count;
        onFrames?.(count);
      };
      const bytes = await draw(job, signal, (page) =>
        page.segment(toStage(job), encoder, { frameTimeoutMs, signal, onFrames: tell }),
      );
      if (told < job.scene.durationInFrames) onFrames?.(job.scene.durationInFrames - told);
      return bytes;
    },
    still: (job, frame, signal) =>
      draw(job, signal, (page) => page.still(toStage(job), frame, { frameTimeoutMs, signal })),
    async close() {
      const opened = opening;
      opening = null;
      await opened?.then((pool) => pool.close()).catch(() => {});
    },
  };
}

async function openPool(options: FastLaneOptions): Promise<PagePool<StagePage>> {
  const { dataDir, pages = availableParallelism() } = options;
  const [browserPath, read] = await Promise.all([
    options.browserPath(),
    buildStage(options, options.assets),
    reapBrowsers(dataDir),
  ]);
  return createPagePool({
    openBrowser: () => openStageBrowser({ browserPath, dataDir, read }),
    prepare: createStagePage,
    pages,
    pagesPerBrowser: options.pagesPerBrowser ?? pages,
    tasksPerPage: options.tasksPerPage ?? 100,
    pagesPerBrowserLife: options.pagesPerBrowserLife ?? 20,
  });
}

function refuseFootage(job: SceneJob): void {
  if (job.scene.paint !== 'footage') return;
  throw renderFault(job, new DearlyError('render-failed', 'footage is for the reference lane'));
}

function toStage({ composition, fps, lang, format, scene }: SceneJob): StageJob {
  const { id, durationInFrames, props, paint } = scene;
  return {
    composition,
    fps,
    lang,
    ...formats[format],
    scene: { id, durationInFrames, props },
    drawAlways: paint === 'always',
  };
}
