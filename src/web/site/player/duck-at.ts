const low = 10 ** (-11 / 20);
const attackSeconds = 0.25;
const releaseSeconds = 0.7;

/** Seconds of the film in which words are heard. */
export interface Words {
  readonly from: number;
  readonly until: number;
}

/** The music's gain under words, in their order: what the MP4 does sample by sample (src/render/sound/duck.ts), which a test holds it to. */
export function duckAt(words: readonly Words[], second: number): number {
  let gain = 1;
  for (const { from, until } of join(words)) {
    const share = second < from ? (from - second) / attackSeconds : (second - until) / releaseSeconds;
    if (share < 1)
      gain = Math.min(gain, low + (1 - low) * ((1 - Math.cos(Math.PI * Math.max(0, share))) / 2));
  }
  return gain;
}

/** Where nobody is silent for long enough, the music stays down. */
function join(words: readonly Words[]): readonly Words[] {
  const joined: Words[] = [];
  for (const { from, until } of words) {
    const last = joined.at(-1);
    if (last && from - last.until < attackSeconds + releaseSeconds)
      joined[joined.length - 1] = { from: last.from, until: Math.max(last.until, until) };
    else joined.push({ from, until });
  }
  return joined;
}
