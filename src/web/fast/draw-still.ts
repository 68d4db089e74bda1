import type { StageJob } from '../../adapters/chromium/fast-lane/protocol.ts';
import { openScene } from './open-scene.tsx';

/** One frame of a scene as PNG, from the same canvas that videos are made from. */
export async function drawStill(job: StageJob, frame: number): Promise<Uint8Array> {
  const scene = await openScene(job, frame);
  try {
    await scene.paint();
    const { canvas } = scene.canvas.pen;
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve));
    if (!blob) throw new Error('the canvas gave no picture');
    return new Uint8Array(await blob.arrayBuffer());
  } finally {
    scene.close();
  }
}
