import { addNote, type Loop } from './loop.ts';

function hertzOf(midi: number): number {
  return 440 * 2 ** ((midi - 69) / 12);
}

export interface Note {
  readonly midi: number;
  /** Seconds from the loop's start. */
  readonly at: number;
  readonly seconds: number;
  /** 0 to 1. */
  readonly force: number;
  readonly pan?: number;
}

const turn = 2 * Math.PI;
const smooth = (x: number) => (x <= 0 ? 0 : x >= 1 ? 1 : x * x * (3 - 2 * x));

/** Strings of a sort: three tones a little apart on each side, few overtones, a slow rise and a long way down. */
export function pad(loop: Loop, { midi, at, seconds, force }: Note): void {
  const rise = 1.1;
  const fall = 2.2;
  const whole = seconds + fall;
  const overtones = [1, 0.5, 0.34, 0.25, 0.2, 0.16, 0.14, 0.12, 0.1, 0.08, 0.07, 0.06];
  for (const [cents, pan, phase] of [
    [-7, -0.85, 0.1],
    [0, 0, 0.4],
    [6, 0.85, 0.7],
    [-3, 0.5, 0.25],
    [4, -0.5, 0.55],
  ] as const) {
    const hertz = hertzOf(midi) * 2 ** (cents / 1200);
    addNote(loop, { at: at - rise * 0.5, seconds: whole, gain: force * 0.1, pan }, (t) => {
      let value = 0;
      for (let n = 0; n < overtones.length; n += 1)
        value += (overtones[n] as number) * Math.sin(turn * (hertz * (n + 1) * t + phase * (n + 1)));
      return value * smooth(t / rise) * smooth((whole - t) / fall);
    });
  }
}

/** A soft mallet on wood and metal: the tone, its octaves for a moment, and the glint of the stroke. */
export function mallet(loop: Loop, { midi, at, seconds, force, pan = 0 }: Note): void {
  const hertz = hertzOf(midi);
  const whole = Math.max(1.8, seconds * 3);
  addNote(loop, { at, seconds: whole, gain: force * 0.34, pan }, (t) => {
    const body = Math.sin(turn * hertz * t) * Math.exp(-t * 2.9);
    const octave = 0.16 * Math.sin(turn * hertz * 2 * t + 0.3) * Math.exp(-t * 4.5);
    const bar = 0.24 * force * Math.sin(turn * hertz * 3.98 * t) * Math.exp(-t * 9);
    const glint = 0.07 * force * Math.sin(turn * hertz * 9.1 * t) * Math.exp(-t * 26);
    return (body + octave + bar + glint) * smooth(t / 0.006) * smooth((whole - t) / 0.3);
  });
}

/** Round and low; a little of the octave, so that small speakers have something of it. */
export function bass(loop: Loop, { midi, at, seconds, force }: Note): void {
  const hertz = hertzOf(midi);
  const whole = seconds + 0.35;
  addNote(loop, { at, seconds: whole, gain: force * 0.42, pan: 0 }, (t) => {
    const tone =
      Math.sin(turn * hertz * t) +
      0.24 * Math.sin(turn * hertz * 2 * t) +
      0.07 * Math.sin(turn * hertz * 3 * t);
    return (
      Math.tanh(tone * 1.1) *
      smooth(t / 0.035) *
      (0.45 + 0.55 * Math.exp(-t * 1.5)) *
      smooth((whole - t) / 0.35)
    );
  });
}

/** The pulse: a muted string, over before it is noticed. */
export function muted(loop: Loop, { midi, at, force, pan = 0 }: Note): void {
  const hertz = hertzOf(midi);
  addNote(loop, { at, seconds: 0.5, gain: force * 0.2, pan }, (t) => {
    const tone =
      Math.sin(turn * hertz * t) +
      0.35 * Math.sin(turn * 2 * hertz * t) +
      0.22 * Math.sin(turn * 3 * hertz * t) +
      0.14 * Math.sin(turn * 5 * hertz * t) * Math.exp(-t * 20);
    return tone * Math.exp(-t * 11) * smooth(t / 0.005) * smooth((0.5 - t) / 0.1);
  });
}

/** A heartbeat, felt more than heard. */
export function thump(loop: Loop, { at, force }: Pick<Note, 'at' | 'force'>): void {
  addNote(loop, { at, seconds: 0.45, gain: force * 0.4, pan: 0 }, (t) => {
    // From 95 down to 48 Hz: the phase is the integral of the falling pitch.
    const phase = 48 * t + (47 / 28) * (1 - Math.exp(-28 * t));
    return Math.sin(turn * phase) * Math.exp(-t * 10) * smooth(t / 0.004) * smooth((0.45 - t) / 0.1);
  });
}

/** Sand in a shell. `noise` gives −1 to 1. */
export function shaker(
  loop: Loop,
  { at, force, pan = 0 }: Pick<Note, 'at' | 'force' | 'pan'>,
  noise: () => number,
): void {
  let last = 0;
  let before = 0;
  addNote(loop, { at, seconds: 0.12, gain: force * 0.5, pan }, (t) => {
    const now = noise();
    // The difference of neighbours is what is high in a noise; their mean takes the edge off.
    const value = (now - before) * 0.5;
    before = last;
    last = now;
    return value * smooth(t / 0.018) * Math.exp(-t * 42);
  });
}
