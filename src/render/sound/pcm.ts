/** Samples a second, everywhere in here. */
export const sampleRate = 48_000;

/** Two channels of the same length; full scale is ±1. */
export interface Pcm {
  readonly left: Float32Array;
  readonly right: Float32Array;
}

export function silence(samples: number): Pcm {
  return { left: new Float32Array(samples), right: new Float32Array(samples) };
}

/** Where a frame begins, to the nearest sample: rounded from the film's start, so that no rounding adds up. */
export function sampleOf(frame: number, fps: number): number {
  return Math.round((frame * sampleRate) / fps);
}

export function fromDecibels(decibels: number): number {
  return 10 ** (decibels / 20);
}
