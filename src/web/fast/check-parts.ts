import type { PartsCheck, StageJob } from '../../adapters/chromium/fast-lane/protocol.ts';
import type { Rect } from './damage/rects.ts';
import { openScene } from './open-scene.tsx';

/** A curve that a clip cuts is blended at its edge in another way; by more than this it can be told apart, 0 to 255. */
const apart = 8;
/**
 * What moves changes the last bit of the matrices of all that the browser draws after it, and with it, now and then, a pixel on
 * the edge of a curve far away. Whatever is truly missed is more than a few pixels, or can be told apart.
 */
const roundedPixels = 4;

/** Draws a scene's frames as a segment does, and each of them again as a whole. */
export async function checkParts(job: StageJob): Promise<PartsCheck> {
  const scene = await openScene(job, 0);
  const { pen, paint } = scene.canvas;
  const pixels = () => pen.getImageData(0, 0, job.width, job.height).data;
  const missed: { frame: number; pixels: number }[] = [];
  const drawn = { whole: 0, inPart: 0 };
  let rough = 0;
  try {
    for (let frame = 0; frame < job.scene.durationInFrames; frame += 1) {
      if (frame > 0 && !scene.show(frame)) continue;
      const where = await scene.paint();
      drawn[where === null ? 'whole' : 'inPart'] += 1;
      if (where === null) continue;
      const inPart = pixels();
      await paint();
      const difference = compare(inPart, pixels(), where, job.width);
      const { outside, rounded } = difference;
      if (outside > 0 || rounded > roundedPixels) missed.push({ frame, pixels: outside + rounded });
      rough = Math.max(rough, difference.rough);
    }
    return { ...drawn, missed, rough };
  } finally {
    scene.close();
  }
}

function compare(a: Uint8ClampedArray, b: Uint8ClampedArray, where: readonly Rect[], width: number) {
  const [one, other] = [new Uint32Array(a.buffer), new Uint32Array(b.buffer)];
  const found = { outside: 0, rounded: 0, rough: 0 };
  for (let at = 0; at < one.length; at += 1) {
    if (one[at] === other[at]) continue;
    const by = Math.max(
      ...[0, 1, 2].map((byte) => Math.abs((a[at * 4 + byte] ?? 0) - (b[at * 4 + byte] ?? 0))),
    );
    const [x, y] = [at % width, Math.floor(at / width)];
    const isDrawn = where.some((it) => x >= it.left && x < it.right && y >= it.top && y < it.bottom);
    if (!isDrawn) found[by > apart ? 'outside' : 'rounded'] += 1;
    else if (by > apart) found.rough += 1;
  }
  return found;
}
