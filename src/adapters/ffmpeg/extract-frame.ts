import { resolve } from 'node:path';
import { ffmpeg } from './ffmpeg.ts';

/** The frame shown at `atMs`, as PNG. @throws DearlyError `render-failed` past the end */
export async function extractFrame(path: string, atMs: number): Promise<Uint8Array> {
  const { stdout } = await ffmpeg('ffmpeg', [
    ...['-v', 'error', '-ss', (atMs / 1000).toFixed(3), '-i', resolve(path)],
    ...['-frames:v', '1', '-f', 'image2pipe', '-c:v', 'png', '-'],
  ]);
  return new Uint8Array(stdout);
}
