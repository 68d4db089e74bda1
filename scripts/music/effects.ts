import { sampleRate } from '../../src/render/sound/pcm.ts';
import { type Loop, process } from './loop.ts';

/** State-variable low-pass (Zavalishin), gentle at the corner; the corner moves with `hertz`. */
export function lowPass(loop: Loop, hertz: (share: number) => number): Loop {
  const state = [0, 0, 0, 0];
  const damping = 1.3;
  return process(loop, (left, right, at) => {
    const g = Math.tan((Math.PI * hertz(at / loop.left.length)) / sampleRate);
    const a = 1 / (1 + g * (g + damping));
    const one = (x: number, i: number) => {
      const v3 = x - (state[i + 1] as number);
      const v1 = a * (state[i] as number) + g * a * v3;
      const v2 = (state[i + 1] as number) + g * v1;
      state[i] = 2 * v1 - (state[i] as number);
      state[i + 1] = 2 * v2 - (state[i + 1] as number);
      return v2;
    };
    return [one(left, 0), one(right, 2)];
  });
}

/** Takes what is felt rather than heard, and a constant, out of the way. */
export function highPass(loop: Loop, hertz: number): Loop {
  const low = lowPass(loop, () => hertz);
  const out = { left: new Float32Array(loop.left), right: new Float32Array(loop.right) };
  for (const side of ['left', 'right'] as const)
    for (let at = 0; at < out[side].length; at += 1)
      out[side][at] = (out[side][at] as number) - (low[side][at] as number);
  return out;
}

/** Echoes that change sides. The wet part alone. */
export function pingPong(loop: Loop, seconds: number, feedback: number): Loop {
  const length = Math.round(seconds * sampleRate);
  const lines = [new Float32Array(length), new Float32Array(length)] as const;
  let head = 0;
  let dull = 0;
  return process(loop, (left, right) => {
    const a = lines[0][head] as number;
    const b = lines[1][head] as number;
    // Each echo is duller than the one before.
    dull += 0.35 * (b - dull);
    lines[0][head] = (left + right) / 2 + dull * feedback;
    lines[1][head] = a * feedback;
    head = (head + 1) % length;
    return [a, b];
  });
}

const lengths = [1433, 1601, 1867, 2053, 2251, 2399, 2617, 2797];

/**
 * A hall: eight delay lines of lengths without common factors, mixed by a Householder matrix (Jot 1991); high tones die first.
 * The wet part alone.
 */
export function reverb(loop: Loop, options: { readonly seconds: number; readonly damping: number }): Loop {
  const lines = lengths.map((it) => ({
    buffer: new Float32Array(it * 2),
    head: 0,
    dull: 0,
    loss: 10 ** ((-3 * it * 2) / (options.seconds * sampleRate)),
  }));
  const delayed = new Float32Array(Math.round(0.028 * sampleRate) * 2);
  let wait = 0;
  return process(loop, (left, right) => {
    const inLeft = delayed[wait] as number;
    const inRight = delayed[wait + 1] as number;
    delayed[wait] = left;
    delayed[wait + 1] = right;
    wait = (wait + 2) % delayed.length;
    let sum = 0;
    let outLeft = 0;
    let outRight = 0;
    for (const [index, line] of lines.entries()) {
      line.dull += (1 - options.damping) * ((line.buffer[line.head] as number) - line.dull);
      sum += line.dull;
      const sign = index % 4 < 2 ? 1 : -1;
      if (index % 2 === 0) outLeft += sign * line.dull;
      else outRight += sign * line.dull;
    }
    for (const [index, line] of lines.entries()) {
      const fed = (line.dull - (2 / lines.length) * sum) * line.loss;
      line.buffer[line.head] = (index % 2 === 0 ? inLeft : inRight) + fed;
      line.head = (line.head + 1) % line.buffer.length;
    }
    return [outLeft * 0.5, outRight * 0.5];
  });
}
