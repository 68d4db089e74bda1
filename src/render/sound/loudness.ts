import { type Pcm, sampleRate } from './pcm.ts';

/** Coefficients at 48 kHz, ITU-R BS.1770-5 tables 1 and 2: the head's shelf, then what low tones lose. */
const shelf = [
  1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585,
] as const;
const highPass = [1, -2, 1, -1.99004745483398, 0.99007225036621] as const;

const hop = sampleRate / 10;
const hopsPerBlock = 4;
const absoluteGate = -70;
const relativeGate = -10;

/** Integrated loudness in LUFS (ITU-R BS.1770-5, two gates); −Infinity for silence. What is shorter than a block counts whole. */
export function loudness({ left, right }: Pcm): number {
  const hops = Math.floor(left.length / hop);
  if (hops < hopsPerBlock) return toLufs(meanOf(energies(left, right, Math.max(1, left.length))));
  const powers = energies(left, right, hop);
  const blocks: number[] = [];
  for (let first = 0; first + hopsPerBlock <= hops; first += 1) {
    blocks.push(meanOf(powers.slice(first, first + hopsPerBlock)));
  }
  const audible = blocks.filter((it) => toLufs(it) > absoluteGate);
  const threshold = toLufs(meanOf(audible)) + relativeGate;
  return toLufs(meanOf(audible.filter((it) => toLufs(it) > threshold)));
}

/** Mean square of both weighted channels together, for each full stretch of `samples`. */
function energies(left: Float32Array, right: Float32Array, samples: number): number[] {
  const count = Math.floor(left.length / samples);
  const sums = new Array<number>(count).fill(0);
  for (const channel of [left, right]) addEnergies(channel, samples, sums);
  return sums.map((it) => it / samples);
}

/** Two biquads in transposed form; their state stays in locals, as this runs over millions of samples. */
function addEnergies(channel: Float32Array, samples: number, sums: number[]): void {
  const [b0, b1, b2, a1, a2] = shelf;
  const [, , , c1, c2] = highPass;
  let s1 = 0;
  let s2 = 0;
  let h1 = 0;
  let h2 = 0;
  for (let index = 0, at = 0; index < sums.length; index += 1) {
    let sum = 0;
    for (const end = at + samples; at < end; at += 1) {
      const x = channel[at] as number;
      const y = b0 * x + s1;
      s1 = b1 * x - a1 * y + s2;
      s2 = b2 * x - a2 * y;
      const z = y + h1;
      h1 = -2 * y - c1 * z + h2;
      h2 = y - c2 * z;
      sum += z * z;
    }
    sums[index] = (sums[index] as number) + sum;
  }
}

function meanOf(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, it) => sum + it, 0) / values.length;
}

function toLufs(power: number): number {
  return -0.691 + 10 * Math.log10(power);
}
