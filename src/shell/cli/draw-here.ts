import { setTimeout as wait } from 'node:timers/promises';
import type { Snapshot } from '../../merge/snapshot.ts';
import type { VideoState } from '../../run/video/make-video.ts';
import type { Format } from '../../template/composition.ts';
import type { Wire } from '../wire.ts';
import { startProgress } from './progress.ts';

/** Draws a film in this process, now, with a bar; one that is kept already is there at once. */
export async function drawHere(
  snapshot: Snapshot,
  format: Format,
  wire: Wire,
  signal: AbortSignal,
): Promise<VideoState> {
  const frames = (snapshot.storyboard?.scenes ?? []).reduce((sum, it) => sum + it.durationInFrames, 0);
  const progress = startProgress('Drawing the film', 'frames');
  let state = await wire.videos.request(snapshot, format);
  if (state.state === 'making') void wire.videos.make(state.key, signal).catch(() => {});
  while (state.state === 'making') {
    signal.throwIfAborted();
    await wait(200);
    state = await wire.videos.peek(snapshot, format);
    if (state.state === 'making') progress.update(Math.round(state.progress * frames), frames);
  }
  if (state.state === 'ready') progress.end(`${frames} frames, ${(state.sizeBytes / 1e6).toFixed(1)} MB`);
  else progress.fail();
  return state;
}
