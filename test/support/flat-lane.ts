import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { ffmpeg } from '../../src/adapters/ffmpeg/ffmpeg.ts';
import { digest } from '../../src/render/canonical-json.ts';
import type { Lane, SceneJob } from '../../src/render/lane.ts';

export interface FlatLane extends Lane {
  /** Scene ids in the order they were drawn. */
  readonly drawn: string[];
}

export interface FlatLaneOptions {
  /** Says so in `drawnBy`; two of them are two set-ups. */
  readonly profile?: 'high' | 'baseline';
  /** Called before a scene is drawn: to hold it up, or to throw. */
  readonly before?: (job: SceneJob, signal?: AbortSignal) => unknown;
}

/** A lane that needs no browser: each scene is one flat colour by its props, encoded for real. */
export function flatLane({ profile = 'high', before }: FlatLaneOptions = {}): FlatLane {
  const drawn: string[] = [];

  async function still(job: SceneJob): Promise<Uint8Array> {
    const [r = 0, g = 0, b = 0] = Buffer.from(digest({ id: job.scene.id, props: job.scene.props }), 'hex');
    const background = { r, g, b };
    return await sharp({ create: { width: 64, height: 36, channels: 3, background } })
      .png()
      .toBuffer();
  }

  return {
    name: 'reference',
    drawn,
    drawnBy: async () => `flat ${profile}`,
    still,
    async segment(job, { onFrames, signal } = {}) {
      await before?.(job, signal);
      signal?.throwIfAborted();
      drawn.push(job.scene.id);
      const folder = await mkdtemp(join(tmpdir(), 'dearly-flat-'));
      try {
        const png = join(folder, 'frame.png');
        const mp4 = join(folder, 'segment.mp4');
        await writeFile(png, await still(job));
        await ffmpeg('ffmpeg', [
          ...['-v', 'error', '-loop', '1', '-framerate', `${job.fps}`, '-i', png],
          ...['-frames:v', `${job.scene.durationInFrames}`, '-c:v', 'libx264', '-profile:v', profile],
          ...['-pix_fmt', 'yuv420p', '-bf', '0', '-preset', 'veryfast', '-movflags', '+faststart', mp4],
        ]);
        onFrames?.(job.scene.durationInFrames);
        return new Uint8Array(await readFile(mp4));
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
    close: async () => {},
  };
}
