import { fromDecibels, sampleRate } from './pcm.ts';

const duckedDecibels = -11;
/** The music is down before the first word, and comes back without haste. */
const attack = Math.round(sampleRate * 0.25);
const release = Math.round(sampleRate * 0.7);

export interface Span {
  /** Samples; `until` is not part of it. */
  readonly from: number;
  readonly until: number;
}

/** The music's gain over the film: down while words are heard, up where nobody speaks for long enough to be worth it. */
export function duckUnder(words: readonly Span[], samples: number): Float32Array {
  const gain = new Float32Array(samples).fill(1);
  const low = fromDecibels(duckedDecibels);
  for (const { from, until } of join(words)) {
    gain.fill(low, from, until);
    for (let step = 1; step < attack; step += 1) lower(gain, from - step, low, step / attack);
    for (let step = 0; step < release; step += 1) lower(gain, until + step, low, step / release);
  }
  return gain;
}

function join(words: readonly Span[]): Span[] {
  const joined: Span[] = [];
  for (const { from, until } of [...words].sort((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last && from - last.until < attack + release)
      joined[joined.length - 1] = { from: last.from, until: Math.max(last.until, until) };
    else joined.push({ from, until });
  }
  return joined;
}

/** @param share 0 at the words, 1 where the music has its full level */
function lower(gain: Float32Array, at: number, low: number, share: number): void {
  if (at < 0 || at >= gain.length) return;
  const eased = (1 - Math.cos(Math.PI * share)) / 2;
  gain[at] = Math.min(gain[at] as number, low + (1 - low) * eased);
}
