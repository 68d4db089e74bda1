import type { Storyboard } from '../../merge/snapshot.ts';
import type { Format } from '../../template/composition.ts';
import type { DrawnVideo, DrawVideoOptions } from './draw-video.ts';

/** How fast films come, and how large they are. Null is what nobody told and nothing could be drawn to see. */
export interface Pace {
  readonly framesPerSecond: number | null;
  /** `told`: by whoever asks, for other machines; nothing was drawn then. */
  readonly from: 'measured' | 'told';
  /** Sound looked up, segments joined: what each film takes when every scene is there. */
  readonly secondsPerFilm: number | null;
  readonly bytesPerFrame: number | null;
}

export function toldPace(framesPerSecond: number): Pace {
  return { framesPerSecond, from: 'told', secondsPerFilm: null, bytesPerFrame: null };
}

export type DrawFilm = (
  storyboard: Storyboard,
  options: DrawVideoOptions,
) => Promise<Pick<DrawnVideo, 'sizeBytes' | 'drawnFrames'>>;

/** Draws one film, whose scenes stay kept, and joins it once more. */
export async function measurePace(
  storyboard: Storyboard,
  options: {
    readonly format: Format;
    readonly signal?: AbortSignal | undefined;
    readonly onFrames?: ((done: number, total: number) => void) | undefined;
  },
  { draw }: { readonly draw: DrawFilm },
): Promise<Pace> {
  const { format, signal, onFrames } = options;
  const how = { format, ...(signal && { signal }) };
  const all = storyboard.scenes.reduce((sum, it) => sum + it.durationInFrames, 0);
  const seen: Seen[] = [{ at: performance.now(), frames: 0 }];
  const { sizeBytes, drawnFrames } = await draw(storyboard, {
    ...how,
    onProgress(share) {
      const frames = Math.round(share * all);
      seen.push({ at: performance.now(), frames });
      onFrames?.(frames, all);
    },
  });
  const startedAt = performance.now();
  await draw(storyboard, how);
  const secondsPerFilm = (performance.now() - startedAt) / 1000;
  const framesPerSecond = rateOf(seen, all - drawnFrames);
  return {
    framesPerSecond: framesPerSecond && Math.round(framesPerSecond * 10) / 10,
    from: 'measured',
    secondsPerFilm: Math.round(secondsPerFilm * 1000) / 1000,
    bytesPerFrame: Math.round(sizeBytes / all),
  };
}

interface Seen {
  readonly at: number;
  readonly frames: number;
}

/**
 * From the first drawn frames on: a browser starts once, however many films follow, and what was kept comes before.
 * Where all came at once, from the start.
 */
function rateOf(seen: readonly Seen[], keptFrames: number): number | null {
  const last = seen.at(-1);
  if (last === undefined || last.frames <= keptFrames) return null;
  const first = seen.find(({ frames }) => frames > keptFrames);
  const from = first === undefined || first === last ? seen[0] : first;
  return from ? ((last.frames - from.frames) * 1000) / (last.at - from.at) : null;
}
