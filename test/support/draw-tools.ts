import type { Lane } from '../../src/render/lane.ts';
import type { DrawTools } from '../../src/run/video/draw-video.ts';
import { type FilmTools, keepFilms } from '../../src/run/video/keep-films.ts';
import { keepSegments, type SegmentTools } from '../../src/run/video/keep-segments.ts';

/** What draws films without a browser, silent and without foreign pictures. */
export function drawTools(
  lane: Lane,
  { index, ...tools }: Omit<SegmentTools, 'films'> & Pick<FilmTools, 'index'>,
): DrawTools {
  const films = keepFilms({ store: tools.store, index, budgetBytes: 1e9 });
  return {
    laneFor: async () => lane,
    films,
    segments: keepSegments({ ...tools, films }),
    sounds: { get: async () => null },
    assets: { settle: async (storyboard) => storyboard },
  };
}
