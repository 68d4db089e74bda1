import { DearlyError } from '../../errors.ts';

export interface PipeOptions {
  readonly input?: Uint8Array;
  /** Kills the process; the promise settles once it has ended. */
  readonly signal: AbortSignal;
}

/** More than an hour of sound. */
const limitBytes = 1_000_000_000;

/** ffmpeg with bytes at both ends. @throws DearlyError `render-failed` when it ends with a fault; what `signal` was aborted with */
export async function pipeFfmpeg(
  args: readonly string[],
  { input, signal }: PipeOptions,
): Promise<Uint8Array> {
  // Loaded with the first sound: what makes none starts sooner.
  const { RenderInternals } = await import('@remotion/renderer');
  signal.throwIfAborted();
  const task = RenderInternals.callFf({
    bin: 'ffmpeg',
    args: ['-hide_banner', '-v', 'error', ...args],
    indent: false,
    logLevel: 'error',
    binariesDirectory: null,
    cancelSignal: undefined,
    // Latin-1 keeps every byte on its way through a string.
    options: {
      encoding: 'latin1',
      reject: false,
      stripFinalNewline: false,
      maxBuffer: limitBytes,
      // A pipe that nobody reads breaks when ffmpeg ends first, and would count as its fault.
      ...(input === undefined ? { stdin: 'ignore' } : { input: Buffer.from(input) }),
    },
  });
  const kill = () => task.kill('SIGKILL');
  signal.addEventListener('abort', kill, { once: true });
  try {
    const { stdout, stderr, exitCode } = await task;
    signal.throwIfAborted();
    if (exitCode === 0) return Buffer.from(stdout, 'latin1');
    const lines = Buffer.from(stderr, 'latin1').toString('utf8').trim().split('\n');
    throw new DearlyError('render-failed', `ffmpeg: ${lines.at(-1) || `ended with ${exitCode}`}`, {
      details: lines.slice(-8),
    });
  } finally {
    signal.removeEventListener('abort', kill);
  }
}
