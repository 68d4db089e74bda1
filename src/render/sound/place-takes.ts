import { sampleOf, sampleRate } from './pcm.ts';
import type { ScriptScene, SoundWarning } from './sound-script.ts';

/** A scene's picture stands before it speaks; a cut in the picture and a word at once are hard to take in. */
const leadInSeconds = 0.2;
/** Between two utterances; recordings bring their own pauses. */
const gapSeconds = 0.08;
/** Kept free before the next scene where words can be made to fit. */
const tailSeconds = 0.1;
/** Above a quarter faster, speech sounds hurried. */
const fastest = 1.25;

export interface PlacedTake {
  /** Index among the scene's takes. */
  readonly take: number;
  /** Samples from the start of the film. */
  readonly at: number;
  /** How many of its samples are heard. */
  readonly samples: number;
  /** It ends before its words do, and fades. */
  readonly isCut: boolean;
}

/** How much faster a scene's words have to be so that they fit: 1 to 1.25. `lengths` in samples, at their own tempo. */
export function tempoOf(scene: ScriptScene, fps: number, lengths: readonly number[]): number {
  const { from, until } = windowOf(scene, fps);
  const gaps = Math.max(0, lengths.length - 1) * gapSeconds * sampleRate;
  const room = until - from - gaps - tailSeconds * sampleRate;
  const words = lengths.reduce((sum, it) => sum + it, 0);
  if (words <= room) return 1;
  return room <= 0 ? fastest : Math.min(fastest, words / room);
}

/** One after the other from the scene's start on; nothing is heard past its end. */
export function placeTakes(
  scene: ScriptScene,
  fps: number,
  lengths: readonly number[],
): { readonly placed: readonly PlacedTake[]; readonly warnings: readonly SoundWarning[] } {
  const { from, until } = windowOf(scene, fps);
  const placed: PlacedTake[] = [];
  let at = from;
  for (const [take, length] of lengths.entries()) {
    const samples = Math.min(length, until - at);
    if (samples > 0) placed.push({ take, at, samples, isCut: samples < length });
    at += length + Math.round(gapSeconds * sampleRate);
  }
  const over = at - Math.round(gapSeconds * sampleRate) - until;
  if (lengths.length === 0 || over <= 0) return { placed, warnings: [] };
  const seconds = (over / sampleRate).toFixed(1);
  const message = `The narration of "${scene.id}" is ${seconds} s longer than the scene, even a quarter faster; its end fades away.`;
  return { placed, warnings: [{ scene: scene.id, kind: 'cut-short', message }] };
}

function windowOf({ start, durationInFrames }: ScriptScene, fps: number) {
  const begin = sampleOf(start, fps);
  const until = sampleOf(start + durationInFrames, fps);
  // A scene of a few frames has no time to wait.
  const from = begin + Math.round(Math.min(leadInSeconds * sampleRate, (until - begin) / 4));
  return { from, until };
}
