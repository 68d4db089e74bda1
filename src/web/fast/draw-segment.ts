import type { EncoderSetup, StageJob, TimeSpent } from '../../adapters/chromium/fast-lane/protocol.ts';
import { openEncoding } from './encode.ts';
import { openScene } from './open-scene.tsx';
import { createPictureTaker } from './picture-taker.ts';
import { createStopwatch } from './stopwatch.ts';

export interface Segment {
  readonly mp4: Uint8Array;
  readonly spent: TimeSpent;
}

/** Frames that a picture is still encoded for once it stands. */
const sharpening = 3;

/** Draws and encodes a scene from its first frame to its last. `onFrame` may throw to end it. */
export async function drawSegment(job: StageJob, setup: EncoderSetup, onFrame: () => void): Promise<Segment> {
  const duration = Math.round(1_000_000 / job.fps);
  const watch = createStopwatch();
  const scene = await openScene(job, 0);
  const encoding = openEncoding(job, setup);
  const pictures = createPictureTaker(scene.canvas.pen);
  let last: VideoFrame | null = null;
  let framesDrawn = 0;
  let stillFor = 0;
  watch.lap('prepareMs');
  try {
    for (let frame = 0; frame < job.scene.durationInFrames; frame += 1) {
      const timestamp = Math.round((frame * 1_000_000) / job.fps);
      const changed = frame > 0 && scene.show(frame);
      watch.lap('commitMs');
      const isDrawn = changed || job.drawAlways || last === null;
      stillFor = isDrawn ? 0 : stillFor + 1;
      if (isDrawn) {
        const where = await scene.paint();
        watch.lap('paintMs');
        last?.close();
        last = await pictures.take(where, { timestamp, duration });
        framesDrawn += 1;
        watch.lap('readMs');
      }
      // What did not change is not drawn again. The encoder sees it until its rate control has had time to sharpen it.
      if (last !== null && (stillFor <= sharpening || !encoding.hold()))
        await encoding.add(new VideoFrame(last, { timestamp, duration }));
      watch.lap('encodeMs');
      onFrame();
    }
    const mp4 = await encoding.finish();
    watch.lap('encodeMs');
    return { mp4, spent: { ...watch.spent, framesDrawn } };
  } finally {
    last?.close();
    encoding.drop();
    scene.close();
  }
}
