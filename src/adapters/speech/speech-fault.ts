import { DearlyError } from '../../errors.ts';

/** More than ten minutes at 48 kHz in stereo: no narration of a scene. */
export const speechLimitBytes = 100_000_000;
/** One utterance; engines at the other end of the world need seconds. */
export const speechTimeoutMs = 60_000;

/** @throws DearlyError `speech-refused` for anything but WAV: a page that says "welcome" is no speech */
export function assertWave(bytes: Uint8Array, engine: string): void {
  const word = (from: number) => Buffer.from(bytes.subarray(from, from + 4)).toString('latin1');
  if (bytes.length > 44 && word(0) === 'RIFF' && word(8) === 'WAVE') return;
  throw new DearlyError('speech-refused', `${engine} answered without a WAV file.`);
}
