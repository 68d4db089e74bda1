import type { Lane } from '../../src/render/lane.ts';
import type { DrawTools } from '../../src/run/video/draw-video.ts';
import { keepSegments, type SegmentTools } from '../../src/run/video/keep-segments.ts';

/** What draws films without a browser, silent and without foreign pictures. */
export function drawTools(lane: Lane, tools: Omit<SegmentTools, 'budgetBytes'>): DrawTools {
  return {
    laneFor: async () => lane,
    segments: keepSegments({ budgetBytes: 1e9, ...tools }),
    sounds: { get: async () => null },
    assets: { settle: async (storyboard) => storyboard },
  };
}
