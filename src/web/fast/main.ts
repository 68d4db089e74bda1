// Enters: scenes, one after the other, by `window.dearlyStage`. Leaves: their MP4s and PNGs.
// Never: a request beside the stage's own files, or a frame before its fonts and pictures are there.
import type { Answer, TimeSpent } from '../../adapters/chromium/fast-lane/protocol.ts';
import './stage.css';
import '../stage/fonts.css';
import '../stage/emoji.css';
import { checkParts } from './check-parts.ts';
import { drawSegment } from './draw-segment.ts';
import { drawStill } from './draw-still.ts';
import { lacksEncoder } from './encode.ts';
import { lacksHtmlInCanvas } from './html-in-canvas.ts';

/** Node hears of frames in bundles; each call costs both of us. */
const toldEveryMs = 100;

let stopped = false;

window.dearlyStage = {
  segment: (job, encoder) =>
    answer(async () => {
      let count = 0;
      let toldAt = performance.now();
      const { mp4, spent } = await drawSegment(job, encoder, () => {
        if (stopped) throw new Error('it was called off');
        count += 1;
        if (performance.now() - toldAt < toldEveryMs) return;
        void window.dearlyFrames(count);
        count = 0;
        toldAt = performance.now();
      });
      return { bytes: mp4, spent };
    }),
  still: (job, frame) =>
    answer(async () => ({
      bytes: await drawStill(job, frame),
      spent: { prepareMs: 0, commitMs: 0, paintMs: 0, readMs: 0, encodeMs: 0, framesDrawn: 1 },
    })),
  checkParts,
  stop() {
    stopped = true;
  },
  lacks: async (encoder) =>
    lacksHtmlInCanvas() ?? (await lacksEncoder({ width: 1280, height: 720, fps: 30 }, encoder)),
};

async function answer(
  draw: () => Promise<{ readonly bytes: Uint8Array; readonly spent: TimeSpent }>,
): Promise<Answer> {
  stopped = false;
  try {
    const { bytes, spent } = await draw();
    return { kind: 'drawn', base64: toBase64(bytes), spent };
  } catch (cause) {
    return { kind: 'failed', reason: cause instanceof Error ? cause.message : String(cause) };
  }
}

/** By parts: `fromCharCode` takes only so many arguments. */
function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x8000) {
    text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  }
  return btoa(text);
}
