import { resolve } from 'node:path';
import { z } from 'zod';
import { ffmpeg } from './ffmpeg.ts';

const probed = z.object({
  streams: z.tuple([
    z.object({
      codec_name: z.string(),
      pix_fmt: z.string(),
      width: z.number(),
      height: z.number(),
      nb_read_frames: z.coerce.number(),
      duration: z.coerce.number(),
    }),
  ]),
});

export interface DecodedVideo {
  readonly seconds: number;
  /** Counted by decoding each. */
  readonly frames: number;
  readonly codec: string;
  readonly pixelFormat: string;
  readonly width: number;
  readonly height: number;
  /** What the decoder complained about; empty for a sound file. */
  readonly messages: readonly string[];
}

/** Decodes a video from beginning to end. @throws DearlyError `render-failed` when it holds no picture */
export async function decodeVideo(path: string): Promise<DecodedVideo> {
  const entries = 'stream=codec_name,pix_fmt,width,height,nb_read_frames,duration';
  const { stdout, stderr } = await ffmpeg('ffprobe', [
    ...['-v', 'warning', '-select_streams', 'v:0', '-count_frames'],
    ...['-show_entries', entries, '-of', 'json', resolve(path)],
  ]);
  const [stream] = probed.parse(JSON.parse(stdout.toString('utf8'))).streams;
  return {
    seconds: stream.duration,
    frames: stream.nb_read_frames,
    codec: stream.codec_name,
    pixelFormat: stream.pix_fmt,
    width: stream.width,
    height: stream.height,
    messages: stderr === '' ? [] : stderr.split('\n'),
  };
}
