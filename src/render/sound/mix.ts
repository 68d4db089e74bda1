// Enters: samples of bed and words, and where the words stand. Leaves: the film's sound, at its loudness, exactly as long as the film.
// Never: chance or a clock: the same samples always make the same mix.
import { duckUnder } from './duck.ts';
import { limitPeaks } from './limit-peaks.ts';
import { loudness } from './loudness.ts';
import { fromDecibels, type Pcm, sampleRate, silence } from './pcm.ts';
import type { PlacedTake } from './place-takes.ts';

const targetLufs = -16;
/** Room for what AAC adds between here and −1.5 dB. */
const ceiling = fromDecibels(-2.5);
/** Words lead; the bed lies under them even where it is not ducked. */
const bedBelowWords = 5;
/** Quieter than this is meant to be quiet (or is noise): it is not made loud. */
const quietLufs = -55;
const mostGainDecibels = 24;
const fadeIn = Math.round(sampleRate * 0.8);
const fadeOut = Math.round(sampleRate * 2.2);
const cutFade = Math.round(sampleRate * 0.25);
/** Clips rarely begin and end at zero. */
const edgeFade = Math.round(sampleRate * 0.004);

export interface HeardTake extends PlacedTake {
  readonly pcm: Pcm;
}

export function mix(parts: {
  readonly samples: number;
  readonly bed: Pcm | null;
  readonly takes: readonly HeardTake[];
}): Pcm {
  const { samples, bed, takes } = parts;
  const whole = silence(samples);
  if (bed !== null && bed.left.length > 0) {
    addLooped(whole, bed);
    scale(whole, gainTo(targetLufs - (takes.length > 0 ? bedBelowWords : 0), loudness(whole)));
    const gain = duckUnder(
      takes.map(({ at, samples: length }) => ({ from: at, until: at + length })),
      samples,
    );
    fadeEnds(gain);
    for (const channel of [whole.left, whole.right]) {
      for (let at = 0; at < samples; at += 1) channel[at] = (channel[at] as number) * (gain[at] as number);
    }
  }
  for (const take of takes) addTake(whole, take);
  return master(whole);
}

/** Near −16 LUFS and under the ceiling. What the limiter takes away in loudness is given back in a second and third round. */
function master(pcm: Pcm): Pcm {
  for (let round = 0; round < 3; round += 1) {
    const measured = loudness(pcm);
    if (round > 0 && Math.abs(measured - targetLufs) < 0.2) break;
    scale(pcm, gainTo(targetLufs, measured));
    limitPeaks(pcm, ceiling);
  }
  return pcm;
}

function gainTo(target: number, measured: number): number {
  if (!(measured > quietLufs)) return 1;
  return fromDecibels(Math.min(mostGainDecibels, target - measured));
}

function scale({ left, right }: Pcm, gain: number): void {
  for (let at = 0; at < left.length; at += 1) {
    left[at] = (left[at] as number) * gain;
    right[at] = (right[at] as number) * gain;
  }
}

function addLooped(into: Pcm, bed: Pcm): void {
  const length = bed.left.length;
  for (let at = 0; at < into.left.length; at += length) {
    const count = Math.min(length, into.left.length - at);
    into.left.set(bed.left.subarray(0, count), at);
    into.right.set(bed.right.subarray(0, count), at);
  }
}

function fadeEnds(gain: Float32Array): void {
  const length = gain.length;
  const rise = Math.min(fadeIn, Math.floor(length / 4));
  const fall = Math.min(fadeOut, Math.floor(length / 3));
  for (let at = 0; at < rise; at += 1) gain[at] = (gain[at] as number) * ease(at / rise);
  for (let at = 0; at < fall; at += 1)
    gain[length - 1 - at] = (gain[length - 1 - at] as number) * ease(at / fall);
}

/** Every take at the same loudness, wherever it was recorded: a spoken name and the engine's sentence after it belong together. */
function addTake(into: Pcm, { pcm, at, samples, isCut }: HeardTake): void {
  const gain = gainTo(targetLufs, loudness(pcm));
  const fall = Math.min(isCut ? cutFade : edgeFade, samples);
  const rise = Math.min(edgeFade, Math.floor(samples / 2));
  for (let index = 0; index < samples && at + index < into.left.length; index += 1) {
    const edges = Math.min(1, (index + 1) / rise) * ease(Math.min(1, (samples - index) / fall));
    into.left[at + index] = (into.left[at + index] as number) + (pcm.left[index] as number) * gain * edges;
    into.right[at + index] = (into.right[at + index] as number) + (pcm.right[index] as number) * gain * edges;
  }
}

function ease(share: number): number {
  return (1 - Math.cos(Math.PI * share)) / 2;
}
