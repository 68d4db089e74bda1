import { sampleRate } from '../../src/render/sound/pcm.ts';
import { makeLoop } from './loop.ts';
import { bass, mallet, muted, pad, shaker, thump } from './voices.ts';

/** A chord by MIDI numbers: its bass, the pad's voices, and the tones that a melody may take. */
export interface Chord {
  readonly bass: number;
  readonly pad: readonly number[];
}

export interface Bed {
  readonly seed: number;
  /** AAC packets of 1024 samples: a loop of whole packets has no padding at its end, so it goes round without a gap. */
  readonly packets: number;
  /** One a bar. */
  readonly chords: readonly Chord[];
  /** Steps of a bar (eighths) and the chord's voice that is struck, counted from the lowest; above the last an octave higher. */
  readonly motif: readonly (readonly (readonly [step: number, voice: number])[])[];
  readonly levels: {
    readonly pulse: number;
    readonly thump: number;
    readonly shaker: number;
    readonly mallet: number;
  };
  /** The pad's corner, from closed to open. */
  readonly corner: readonly [low: number, high: number];
}

/** Statement: D major at 64 beats a minute, eight bars. The voices move by steps, so that nothing pushes. */
export const statement: Bed = {
  seed: 20,
  packets: 1406,
  chords: [
    { bass: 38, pad: [57, 62, 64, 66] }, // Dadd9
    { bass: 35, pad: [57, 62, 64, 66] }, // Bm11
    { bass: 31, pad: [57, 59, 62, 66] }, // Gmaj9
    { bass: 33, pad: [57, 59, 62, 64] }, // Asus4(9)
    { bass: 42, pad: [57, 62, 64, 69] }, // D/F#
    { bass: 35, pad: [59, 62, 66, 69] }, // Bm7
    { bass: 40, pad: [55, 59, 62, 66] }, // Em9
    { bass: 33, pad: [57, 61, 64, 71] }, // Aadd9
  ],
  motif: [
    [
      [0, 2],
      [3, 3],
      [6, 1],
    ],
    [
      [1, 2],
      [4, 4],
      [6, 3],
    ],
    [
      [0, 3],
      [3, 2],
      [5, 4],
    ],
    [
      [2, 3],
      [4, 2],
    ],
  ],
  levels: { pulse: 0.34, thump: 0.3, shaker: 0, mallet: 0.62 },
  corner: [900, 3400],
};

/** Offer: E major at 96, twelve bars; brighter, with a shaker, still nothing that shouts. */
export const offer: Bed = {
  seed: 7,
  packets: 1406,
  chords: [
    { bass: 40, pad: [59, 64, 66, 68] }, // Eadd9
    { bass: 39, pad: [59, 63, 66, 71] }, // B/D#
    { bass: 37, pad: [59, 64, 68, 71] }, // C#m7
    { bass: 33, pad: [57, 61, 64, 71] }, // Aadd9
    { bass: 32, pad: [59, 64, 66, 71] }, // E/G#
    { bass: 35, pad: [59, 63, 66, 68] }, // B6
    { bass: 37, pad: [61, 64, 68, 71] }, // C#m7
    { bass: 33, pad: [61, 64, 68, 73] }, // Amaj7
    { bass: 30, pad: [57, 61, 64, 68] }, // F#m9
    { bass: 32, pad: [59, 64, 68, 71] }, // E/G#
    { bass: 33, pad: [57, 61, 64, 71] }, // Aadd9
    { bass: 35, pad: [59, 64, 66, 71] }, // Bsus4
  ],
  motif: [
    [
      [0, 1],
      [2, 2],
      [3, 3],
      [5, 4],
      [6, 2],
    ],
    [
      [0, 2],
      [3, 4],
      [4, 3],
      [6, 1],
      [7, 2],
    ],
    [
      [0, 3],
      [2, 4],
      [5, 2],
      [6, 3],
    ],
    [
      [1, 2],
      [3, 3],
      [4, 4],
      [6, 5],
    ],
  ],
  levels: { pulse: 0.5, thump: 0.5, shaker: 0.5, mallet: 0.56 },
  corner: [1300, 5200],
};

/** Every voice on a loop of its own, dry. */
export function play(bed: Bed, random: () => number) {
  const samples = bed.packets * 1024;
  const bar = samples / sampleRate / bed.chords.length;
  const step = bar / 8;
  const voices = {
    pad: makeLoop(samples),
    air: makeLoop(samples),
    mallet: makeLoop(samples),
    low: makeLoop(samples),
    pulse: makeLoop(samples),
  };
  const { levels } = bed;
  // Nobody plays to the millisecond.
  const human = () => (random() - 0.5) * 0.014;
  for (const [index, chord] of bed.chords.entries()) {
    const at = index * bar;
    for (const midi of chord.pad) pad(voices.pad, { midi, at, seconds: bar, force: 0.5 });
    pad(voices.pad, { midi: chord.bass + 12, at, seconds: bar, force: 0.4 });
    // An octave above, hardly there: the light on top of the chord.
    for (const midi of chord.pad.slice(-2))
      pad(voices.air, { midi: midi + 12, at, seconds: bar, force: 0.16 });
    bass(voices.low, { midi: chord.bass, at, seconds: step * 4.6, force: 0.6 });
    bass(voices.low, { midi: chord.bass, at: at + step * 5, seconds: step * 2.4, force: 0.42 });
    thump(voices.low, { at, force: levels.thump });
    thump(voices.low, { at: at + step * 4, force: levels.thump * 0.7 });
    const figure = bed.motif[index % bed.motif.length] ?? [];
    for (const [when, voice] of figure) {
      const midi =
        (chord.pad[voice % chord.pad.length] as number) + 12 * (1 + Math.floor(voice / chord.pad.length));
      const force = levels.mallet * (0.72 + 0.28 * random()) * (when === 0 ? 1 : 0.86);
      mallet(voices.mallet, {
        midi,
        at: at + when * step + human(),
        seconds: step,
        force,
        pan: 0.7 * (random() - 0.5),
      });
    }
    for (let eighth = 0; eighth < 8; eighth += 1) {
      const force = levels.pulse * (eighth % 2 === 0 ? 0.6 : 1) * (0.85 + 0.15 * random());
      muted(voices.pulse, {
        midi: chord.bass + 24,
        at: at + eighth * step + human() / 2,
        seconds: step,
        force,
        pan: eighth % 2 === 0 ? -0.25 : 0.25,
      });
      if (levels.shaker > 0)
        shaker(
          voices.pulse,
          {
            at: at + (eighth + 0.5) * step + human(),
            force: levels.shaker * (eighth % 2 === 0 ? 1 : 0.6),
            pan: 0.35,
          },
          () => random() * 2 - 1,
        );
    }
  }
  return voices;
}
