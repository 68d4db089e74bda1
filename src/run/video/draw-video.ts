// Enters: a storyboard and a format. Leaves: its MP4: every scene drawn or found, the sound beside it, joined without re-encoding.
// Never: two lanes in one film, or a file: where it goes is its caller's affair.
import { DearlyError } from '../../errors.ts';
import type { Storyboard } from '../../merge/snapshot.ts';
import { videoKey } from '../../render/artefact-key.ts';
import { assemble } from '../../render/assemble.ts';
import type { Lane, SceneJob } from '../../render/lane.ts';
import { jobsOf, segmentKey } from '../../render/segment-key.ts';
import type { SoundWarning } from '../../render/sound/sound-script.ts';
import type { Format } from '../../template/composition.ts';
import type { Films } from './keep-films.ts';
import type { GottenSegment, Segments } from './keep-segments.ts';
import type { Sounds } from './make-sound.ts';

export interface DrawTools {
  /** The one lane that draws all scenes of this film. */
  readonly laneFor: (storyboard: Storyboard) => Promise<Lane>;
  readonly segments: Segments;
  readonly films: Films;
  readonly sounds: Pick<Sounds, 'get'>;
  /** Puts what was fetched in the place of foreign addresses. */
  readonly assets: { settle(storyboard: Storyboard, signal?: AbortSignal): Promise<Storyboard> };
}

export interface DrawVideoOptions {
  readonly format: Format;
  readonly signal?: AbortSignal;
  /** Done, 0 to 1, by frames. */
  readonly onProgress?: (share: number) => void;
}

export interface DrawnVideo {
  /** The key to keep it under. */
  readonly key: string;
  readonly bytes: Uint8Array;
  readonly durationMs: number;
  readonly sizeBytes: number;
  readonly drawnFrames: number;
  /** That were there already. */
  readonly keptFrames: number;
  /** What a listener may miss; scenes say it of themselves by failing. */
  readonly warnings: readonly SoundWarning[];
}

/** @throws DearlyError `render-failed`, naming the scene; `browser-unavailable`, `asset-…`, `sound-…`, `storage-failed` */
export async function drawVideo(
  storyboard: Storyboard,
  { format, signal: outer, onProgress }: DrawVideoOptions,
  { laneFor, segments, films, sounds, assets }: DrawTools,
): Promise<DrawnVideo> {
  // What fails first ends the rest, and nothing runs on when this returns.
  const end = new AbortController();
  const signal = outer ? AbortSignal.any([outer, end.signal]) : end.signal;
  const key = videoKey(storyboard, format);
  const settled = await assets.settle(storyboard, signal);
  const lane = await laneFor(settled);
  const drawnBy = await lane.drawnBy();
  const scenes = jobsOf(settled, format).map((job) => ({ job, key: segmentKey(job, drawnBy) }));
  await films.use(
    key,
    scenes.map((it) => it.key),
  );
  signal.throwIfAborted();

  const frames = scenes.reduce((sum, { job }) => sum + job.scene.durationInFrames, 0);
  let done = 0;
  const onFrames = (count: number) => {
    done += count;
    onProgress?.(done / frames);
  };
  const drawing = scenes.map(({ key: scene, job }) =>
    segments
      .get(scene, job, lane, { onFrames, signal })
      .catch((error: unknown) => Promise.reject(inScene(job, error))),
  );
  const warnings: SoundWarning[] = [];
  const hearing = sounds.get(settled, signal, (it) => warnings.push(it));
  const attempts: readonly Promise<unknown>[] = [...drawing, hearing];
  for (const attempt of attempts) attempt.catch((error: unknown) => end.abort(error));
  await Promise.allSettled(attempts);
  signal.throwIfAborted();
  const gotten = await Promise.all(drawing);
  const bytes = await assemble(
    settled,
    gotten.map((it) => it.segment),
    await hearing,
  );
  const drawnFrames = framesOf(gotten.filter((it) => it.isDrawn));
  return {
    key,
    bytes,
    durationMs: Math.round((frames / storyboard.fps) * 1000),
    sizeBytes: bytes.byteLength,
    drawnFrames,
    keptFrames: frames - drawnFrames,
    warnings,
  };
}

function framesOf(gotten: readonly GottenSegment[]): number {
  return gotten.reduce((sum, { segment }) => sum + segment.packets.length, 0);
}

/** Faults of storage and database have no scene; all others say which. */
function inScene({ composition, scene }: SceneJob, error: unknown): unknown {
  if (error instanceof DearlyError) return error;
  if (error instanceof Error && error.name === 'AbortError') return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new DearlyError('render-failed', `${composition}, scene "${scene.id}": ${reason}`, { cause: error });
}
