import type { Visited } from './open-visited.ts';
export async function firstFrameMs(_: Visited): Promise<number> {
  return Number.NaN;
}
