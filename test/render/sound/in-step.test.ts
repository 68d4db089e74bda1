import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { ffmpeg } from '../../../src/adapters/ffmpeg/ffmpeg.ts';
import { assemble } from '../../../src/render/assemble.ts';
import { readSegment } from '../../../src/render/read-segment.ts';
import { jobsOf } from '../../../src/render/segment-key.ts';
import { flatLane } from '../../support/flat-lane.ts';
import { film, onsets, openStudio, seeded, tone, wave } from '../../support/sound.ts';

const leadIn = 0.2;
const shown = z.object({ frames: z.array(z.object({ pts_time: z.coerce.number() })) });

/** When scenes begin in the picture, as a decoder shows them: each segment begins with a key frame and has no other. */
async function cutsOf(path: string): Promise<number[]> {
  const { stdout } = await ffmpeg('ffprobe', [
    ...['-v', 'error', '-select_streams', 'v:0', '-skip_frame', 'nokey'],
    ...['-show_entries', 'frame=pts_time', '-of', 'json', path],
  ]);
  return shown.parse(JSON.parse(stdout.toString('utf8'))).frames.map((it) => it.pts_time);
}

test.each([25, 30, 60])('in the MP4, words begin with their scene: %i frames a second', async (fps) => {
  const random = seeded(fps * 3);
  const studio = await openStudio({ 'click.wav': wave(tone(0.05, 2000, 0.8)) });
  try {
    const scenes = Array.from({ length: 6 }, () => ({
      // Below 250 frames, where x264 would set a key frame of its own.
      durationInFrames: Math.round(fps * (1 + 2.8 * random())),
      narration: [{ say: 'click', clip: 'click.wav' }],
    }));
    const storyboard = film(scenes, { fps, formats: ['16:9'] });
    const lane = flatLane();
    const segments = await Promise.all(
      jobsOf(storyboard, '16:9').map(async (job) => readSegment(await lane.segment(job), job)),
    );
    const mp4 = await assemble(storyboard, segments, await studio.sounds.get(storyboard));
    const path = join(studio.folder, 'whole.mp4');
    await writeFile(path, mp4);
    const cuts = await cutsOf(path);
    const heard = onsets(await studio.hear(mp4), 0.05);
    expect(cuts).toHaveLength(scenes.length);
    expect(heard).toHaveLength(scenes.length);
    for (const [index, cut] of cuts.entries()) {
      const lateBy = (heard[index] as number) - leadIn - cut;
      // One frame is allowed; a third of one is what we keep to.
      expect(Math.abs(lateBy)).toBeLessThan(1 / fps / 3);
    }
  } finally {
    await studio.close();
  }
});
