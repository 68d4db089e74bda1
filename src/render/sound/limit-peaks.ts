import { type Pcm, sampleRate } from './pcm.ts';

/** How long before and after a peak the gain moves: shorter is heard as distortion. */
const reach = Math.round(sampleRate * 0.012);
const taps = 32;
/** Three points between two samples, by windowed sinc: what a converter will make of them (BS.1770-5, annex 2). */
const phases = [0.25, 0.5, 0.75].map(sincAt);

/** Brings true peaks down to `ceiling` (full scale 1), in place. The gain is the same on both channels and never jumps. */
export function limitPeaks(pcm: Pcm, ceiling: number): void {
  const needed = new Float32Array(pcm.left.length).fill(1);
  let isOver = false;
  for (const channel of [pcm.left, pcm.right]) {
    for (let at = 0; at < channel.length; at += 1) {
      const size = Math.abs(channel[at] as number);
      if (size < ceiling * 0.5) continue;
      const peak = Math.max(size, peakAfter(channel, at));
      if (peak <= ceiling) continue;
      isOver = true;
      const gain = ceiling / peak;
      needed[at] = Math.min(needed[at] as number, gain);
      if (at + 1 < needed.length) needed[at + 1] = Math.min(needed[at + 1] as number, gain);
    }
  }
  if (!isOver) return;
  const gain = average(lowest(needed));
  for (const channel of [pcm.left, pcm.right]) {
    for (let at = 0; at < channel.length; at += 1)
      channel[at] = (channel[at] as number) * (gain[at] as number);
  }
}

/** The highest of the three points between this sample and the next. */
function peakAfter(channel: Float32Array, at: number): number {
  let highest = 0;
  for (const phase of phases) {
    let sum = 0;
    for (let tap = 0; tap < taps; tap += 1)
      sum += (channel[at + tap - taps / 2 + 1] ?? 0) * (phase[tap] as number);
    highest = Math.max(highest, Math.abs(sum));
  }
  return highest;
}

function sincAt(offset: number): readonly number[] {
  const weights = Array.from({ length: taps }, (_, tap) => {
    const x = tap - taps / 2 + 1 - offset;
    const window = 0.5 + 0.5 * Math.cos((Math.PI * x) / (taps / 2));
    return (Math.sin(Math.PI * x) / (Math.PI * x)) * window;
  });
  const sum = weights.reduce((total, it) => total + it, 0);
  return weights.map((it) => it / sum);
}

/** The least of all within `reach` on both sides. Indices in `queue` rise, and so do their values. */
function lowest(values: Float32Array): Float32Array {
  const least = new Float32Array(values.length);
  const queue = new Int32Array(values.length);
  let head = 0;
  let tail = 0;
  for (let next = 0, at = 0; at < values.length; at += 1) {
    for (; next < values.length && next <= at + reach; next += 1) {
      while (tail > head && (values[queue[tail - 1] as number] as number) >= (values[next] as number))
        tail -= 1;
      queue[tail] = next;
      tail += 1;
    }
    while ((queue[head] as number) < at - reach) head += 1;
    least[at] = values[queue[head] as number] as number;
  }
  return least;
}

/** Over the same stretch, so that no sample gets more gain than it needs: each value averaged holds its need already. */
function average(values: Float32Array): Float32Array {
  const mean = new Float32Array(values.length);
  const width = 2 * reach + 1;
  const clamp = (at: number) => Math.min(values.length - 1, Math.max(0, at));
  let sum = 0;
  for (let at = -reach; at <= reach; at += 1) sum += values[clamp(at)] as number;
  for (let at = 0; at < values.length; at += 1) {
    mean[at] = sum / width;
    sum += (values[clamp(at + reach + 1)] as number) - (values[clamp(at - reach)] as number);
  }
  return mean;
}
