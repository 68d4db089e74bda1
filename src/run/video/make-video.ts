// Enters: a snapshot. Leaves: its MP4 in storage, made once for all whose video has the same content.
// Never: a render for a mere look. `peek` starts nothing; `request` starts at most one job per content key.
import { DearlyError } from '../../errors.ts';
import type { Snapshot, Storyboard } from '../../merge/snapshot.ts';
import { pdfNoteKey, stillKey, videoKey } from '../../render/artefact-key.ts';
import type { ArtefactStore } from '../../render/artefact-store.ts';
import { assetPlaceKeys } from '../../render/asset-key.ts';
import { soundNoteKey } from '../../render/sound/sound-script.ts';
import type { Format } from '../../template/composition.ts';
import type { Pdfs } from '../make-pdf.ts';
import type { Queue } from '../queue.ts';
import { removeArtefacts } from '../remove-artefacts.ts';
import { chooseFormat, formatsOf } from './choose-format.ts';
import { type DrawnVideo, type DrawTools, type DrawVideoOptions, drawVideo } from './draw-video.ts';
import type { Stills } from './make-stills.ts';
import type { VideoJobs } from './video-jobs.ts';

export type VideoState =
  | { readonly state: 'ready'; readonly key: string; readonly sizeBytes: number }
  | {
      readonly state: 'making';
      readonly key: string;
      readonly progress: number;
      readonly retryAfterSeconds: number;
    }
  /** Whoever waits for it does well to ask again after these seconds; a `request` before tries at once. */
  | { readonly state: 'failed'; readonly reason: string; readonly retryAfterSeconds: number }
  /** Nobody asked for it yet. */
  | { readonly state: 'absent' };

export type MadeAhead = 'video' | 'poster' | 'pdf';

export interface Videos {
  /** In the composition's first format unless another is named. */
  peek(snapshot: Snapshot, format?: Format): Promise<VideoState>;
  request(snapshot: Snapshot, format?: Format): Promise<VideoState>;
  /** Of a message that is on its way, however many wait already: the film itself or its poster where it has one, its document. */
  ahead(snapshot: Snapshot, what: readonly MadeAhead[]): Promise<void>;
  /** What a worker does when it is woken: draw it, keep it, say so. */
  make(key: string, signal?: AbortSignal): Promise<void>;
  /** Nobody will make it unless somebody asks again. False where it is made already, or given up before. */
  giveUp(key: string, reason: string): Promise<boolean>;
  /** Here and now, for whoever waits for the bytes; only its scenes are kept. */
  draw(storyboard: Storyboard, options: DrawVideoOptions): Promise<DrawnVideo>;
  /** Drops the scenes and sounds that drawing it has left, where nothing says whose they are. */
  forget(storyboard: Storyboard, format: Format): Promise<void>;
  /** The word, for segment keys, of the lane that would draw this film. */
  drawnBy(storyboard: Storyboard): Promise<string>;
  /** Which of these segments need no drawing. */
  hasSegments(keys: readonly string[]): Promise<ReadonlySet<string>>;
}

export interface VideoTools extends DrawTools {
  readonly stills: Pick<Stills, 'get'>;
  readonly pdfs: Pick<Pdfs, 'get'>;
  readonly jobs: VideoJobs;
  readonly store: ArtefactStore;
  readonly queue: Queue;
}

/** More than this many waiting would take an hour and more. */
const queueLimit = 1000;
const retryAfterSeconds = 5;
/** What has just failed will most likely fail again. */
const failureLastsSeconds = 60;
/** The one that emails show. */
const poster = 'poster.jpg';

export function makeVideos(tools: VideoTools): Videos {
  const { jobs, store, films, queue } = tools;

  async function peek(snapshot: Snapshot, asked?: Format): Promise<VideoState> {
    if (snapshot.storyboard === null)
      return {
        state: 'failed',
        reason: 'This message has no video.',
        retryAfterSeconds: failureLastsSeconds,
      };
    const key = videoKey(snapshot.storyboard, chooseFormat(snapshot.storyboard, asked));
    // First, so that what is there stays there while it is fetched.
    await films.touch(key);
    const head = await store.head(key);
    if (head !== null) return { state: 'ready', key, sizeBytes: head.sizeBytes };
    const job = await jobs.find(key);
    if (job === null || job.state === 'done') return { state: 'absent' };
    if (job.state === 'failed') {
      const left = Math.max(0, Math.ceil(failureLastsSeconds - job.ageSeconds));
      return { state: 'failed', reason: job.error ?? 'unknown', retryAfterSeconds: left };
    }
    return { state: 'making', key, progress: job.progress, retryAfterSeconds };
  }

  async function request(snapshot: Snapshot, asked?: Format): Promise<VideoState> {
    const seen = await peek(snapshot, asked);
    // A failed one is tried again when somebody asks again: the reason may be gone.
    if (snapshot.storyboard === null || seen.state === 'ready' || seen.state === 'making') return seen;
    const key = videoKey(snapshot.storyboard, chooseFormat(snapshot.storyboard, asked));
    const job = await jobs.enqueue(key, snapshot.id, queueLimit);
    if (job === null) return { state: 'making', key, progress: 0, retryAfterSeconds: 600 };
    await queue.wakeVideo(key);
    return { state: 'making', key, progress: job.progress, retryAfterSeconds };
  }

  async function ahead(snapshot: Snapshot, what: readonly MadeAhead[]): Promise<void> {
    for (const it of what) {
      const key = keyAhead(snapshot, it);
      if (key === null || (await store.head(key)) !== null) continue;
      const job = await jobs.enqueue(key, snapshot.id, Number.MAX_SAFE_INTEGER);
      if (job?.state === 'queued') await queue.wakeVideo(key);
    }
  }

  async function make(key: string, signal?: AbortSignal): Promise<void> {
    if ((await store.head(key)) !== null) return void (await jobs.finish(key));
    const start = await jobs.start(key);
    if (start.kind === 'busy') return;
    if (start.kind === 'taken' && key === pdfNoteKey(start.snapshot.id))
      return await makeBeside(key, () => tools.pdfs.get(start.snapshot, signal));
    const storyboard = start.kind === 'taken' ? start.snapshot.storyboard : null;
    if (storyboard === null) return void (await jobs.fail(key, 'The person was erased.'));
    const still = formatsOf(storyboard).find((it) => stillKey(storyboard, it, poster) === key);
    if (start.kind === 'taken' && still !== undefined)
      return await makeBeside(key, () => tools.stills.get(start.snapshot, poster, still, signal));
    const format = formatsOf(storyboard).find((it) => videoKey(storyboard, it) === key);
    if (format === undefined) return void (await jobs.fail(key, 'The way films are drawn has changed.'));
    try {
      // Before anything is drawn: erasing its person meanwhile takes this away, and then it is not kept.
      await films.use(key, [key]);
      const onProgress = throttled(1000, (share) => void jobs.progress(key, share).catch(() => {}));
      const { bytes } = await drawVideo(storyboard, { format, onProgress, ...(signal && { signal }) }, tools);
      await films.put(key, bytes, 'video/mp4');
      if (!(await jobs.finish(key))) await forgetErased(storyboard, format);
    } catch (error) {
      if (!(await jobs.fail(key, reasonOf(error)))) await forgetErased(storyboard, format);
      throw error;
    }
  }

  /** Erased meanwhile: what was fetched and made of the person since goes, too, however far it came. */
  async function forgetErased(storyboard: Storyboard, format: Format): Promise<void> {
    await forget(storyboard, format);
    await removeArtefacts(store, [videoKey(storyboard, format), ...assetPlaceKeys(storyboard)]);
  }

  /** What is kept by whoever makes it. */
  async function makeBeside(key: string, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
      if (!(await jobs.finish(key))) await removeArtefacts(store, [key]);
    } catch (error) {
      if (!(await jobs.fail(key, reasonOf(error)))) await removeArtefacts(store, [key]);
      throw error;
    }
  }

  async function forget(storyboard: Storyboard, format: Format): Promise<void> {
    const note = soundNoteKey(storyboard);
    await films.forget(videoKey(storyboard, format));
    await films.forget(note);
    await removeArtefacts(store, [note]);
  }

  return {
    peek,
    request,
    ahead,
    make,
    async giveUp(key, reason) {
      const job = await jobs.find(key);
      if (job === null || job.state === 'done' || job.state === 'failed') return false;
      await jobs.fail(key, reason);
      return true;
    },
    draw: (storyboard, options) => drawVideo(storyboard, options, tools),
    forget,
    drawnBy: async (storyboard) => await (await tools.laneFor(storyboard)).drawnBy(),
    hasSegments: (keys) => films.has(keys),
  };
}

function reasonOf(error: unknown): string {
  return error instanceof DearlyError ? error.message : 'It could not be drawn.';
}

/** Under which key the work is asked for: that of the file, or of the note that says where the document is. Null where there is no film. */
function keyAhead({ id, storyboard }: Snapshot, what: MadeAhead): string | null {
  if (what === 'pdf') return pdfNoteKey(id);
  if (storyboard === null) return null;
  const format = chooseFormat(storyboard, undefined);
  return what === 'video' ? videoKey(storyboard, format) : stillKey(storyboard, format, poster);
}

/** Lets one call through per `gapMs`: a share per frame would be 750 writes. */
function throttled(gapMs: number, call: (share: number) => void): (share: number) => void {
  let last = 0;
  return (share) => {
    const now = performance.now();
    if (now - last < gapMs) return;
    last = now;
    call(share);
  };
}
