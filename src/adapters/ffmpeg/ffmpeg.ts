import { RenderInternals } from '@remotion/renderer';
import { DearlyError } from '../../errors.ts';

export interface FfmpegResult {
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** Runs the ffmpeg that Remotion brings along. @throws DearlyError `render-failed` when it ends with a fault */
export async function ffmpeg(bin: 'ffmpeg' | 'ffprobe', args: readonly string[]): Promise<FfmpegResult> {
  const task = RenderInternals.callFf({
    bin,
    args: [...args],
    indent: false,
    logLevel: 'error',
    binariesDirectory: null,
    cancelSignal: undefined,
    // Latin-1 keeps every byte of a picture on its way through a string.
    options: { encoding: 'latin1', reject: false, stripFinalNewline: false },
  });
  const { stdout, stderr, exitCode } = await task;
  const messages = Buffer.from(stderr, 'latin1').toString('utf8').trim();
  if (exitCode === 0) return { stdout: Buffer.from(stdout, 'latin1'), stderr: messages };
  throw new DearlyError('render-failed', `${bin}: ${messages.split('\n').at(-1) ?? 'ended with a fault'}`, {
    details: messages.split('\n').slice(-8),
  });
}
