import { sampleRate } from '../../src/render/sound/pcm.ts';

/** A stretch of sound without beginning or end: what rings past its end goes on at its start. */
export interface Loop {
  readonly left: Float32Array;
  readonly right: Float32Array;
}

export function makeLoop(samples: number): Loop {
  return { left: new Float32Array(samples), right: new Float32Array(samples) };
}

/** @param pan −1 left to 1 right, at equal power */
export function addNote(
  loop: Loop,
  note: { readonly at: number; readonly seconds: number; readonly gain: number; readonly pan: number },
  wave: (second: number) => number,
): void {
  const length = loop.left.length;
  const from = Math.round(note.at * sampleRate);
  const count = Math.round(note.seconds * sampleRate);
  const angle = ((note.pan + 1) * Math.PI) / 4;
  const left = note.gain * Math.cos(angle);
  const right = note.gain * Math.sin(angle);
  for (let step = 0; step < count; step += 1) {
    const at = (((from + step) % length) + length) % length;
    const value = wave(step / sampleRate);
    loop.left[at] = (loop.left[at] as number) + value * left;
    loop.right[at] = (loop.right[at] as number) + value * right;
  }
}

export function addLoop(into: Loop, from: Loop, gain: number): void {
  for (let at = 0; at < into.left.length; at += 1) {
    into.left[at] = (into.left[at] as number) + (from.left[at] as number) * gain;
    into.right[at] = (into.right[at] as number) + (from.right[at] as number) * gain;
  }
}

/** An effect with a memory, as it sounds when the loop has been going round for ever: three rounds, the last one kept. */
export function process(
  loop: Loop,
  effect: (left: number, right: number, at: number) => readonly [number, number],
): Loop {
  const out = makeLoop(loop.left.length);
  for (let round = 0; round < 3; round += 1) {
    for (let at = 0; at < loop.left.length; at += 1) {
      const [left, right] = effect(loop.left[at] as number, loop.right[at] as number, at);
      out.left[at] = left;
      out.right[at] = right;
    }
  }
  return out;
}
