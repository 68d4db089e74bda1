// `npm run music`: the beds of our compositions, compositions/<name>/sounds/bed.m4a.
// Enters: a score and a seed. Leaves: about 30 s that go round without a seam, as AAC. Never: a sample of somebody else's.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ffmpegSoundCodec } from '../src/adapters/ffmpeg/sound-codec.ts';
import { loudness } from '../src/render/sound/loudness.ts';
import { fromDecibels } from '../src/render/sound/pcm.ts';
import { type Bed, offer, play, statement } from './music/beds.ts';
import { highPass, lowPass, pingPong, reverb } from './music/effects.ts';
import { addLoop, type Loop, makeLoop } from './music/loop.ts';

/** Room for the mix; the film's sound is brought to −16 LUFS as a whole. */
const targetLufs = -19;

const work = await mkdtemp(join(tmpdir(), 'dearly-music-'));
try {
  for (const [name, bed] of Object.entries({ statement, offer })) {
    const loop = compose(bed);
    const bytes = await ffmpegSoundCodec(work).encode(loop, new AbortController().signal);
    const folder = `compositions/${name}/sounds`;
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'bed.m4a'), bytes);
    process.stderr.write(
      `${folder}/bed.m4a: ${Math.round(bytes.length / 1000)} KB, ${loudness(loop).toFixed(1)} LUFS, peak ${peakOf(loop).toFixed(2)}\n`,
    );
  }
} finally {
  await rm(work, { recursive: true, force: true });
}

function compose(bed: Bed): Loop {
  const voices = play(bed, seeded(bed.seed));
  const samples = bed.packets * 1024;
  const step = samples / 48_000 / bed.chords.length / 8;
  const [low, high] = bed.corner;
  // The pad opens and closes twice a round; an LFO in step with the loop has no seam either.
  const pad = lowPass(voices.pad, (share) => low + ((high - low) * (1 - Math.cos(4 * Math.PI * share))) / 2);
  const mallet = lowPass(voices.mallet, () => 9000);
  const air = highPass(
    lowPass(voices.air, () => 6000),
    700,
  );
  const dry = makeLoop(samples);
  addLoop(dry, pad, 0.7);
  addLoop(dry, air, 0.5);
  addLoop(dry, mallet, 1.25);
  addLoop(dry, voices.low, 0.62);
  addLoop(
    dry,
    lowPass(voices.pulse, () => 12_000),
    0.8,
  );
  const echo = pingPong(mallet, step * 1.5, 0.42);
  addLoop(dry, echo, 0.3);
  const sent = makeLoop(samples);
  addLoop(sent, pad, 0.5);
  addLoop(sent, air, 0.9);
  addLoop(sent, mallet, 0.6);
  addLoop(sent, echo, 0.4);
  addLoop(sent, voices.pulse, 0.25);
  addLoop(dry, highPass(reverb(highPass(sent, 180), { seconds: 3.4, damping: 0.42 }), 120), 0.36);
  const whole = lowPass(highPass(dry, 32), () => 16_000);
  level(whole, fromDecibels(targetLufs - loudness(whole)));
  return whole;
}

/** Rounds off the few peaks above −4 dB instead of cutting them. */
function level(loop: Loop, gain: number): void {
  const knee = fromDecibels(-4);
  for (const side of [loop.left, loop.right]) {
    for (let at = 0; at < side.length; at += 1) {
      const value = (side[at] as number) * gain;
      const over = Math.abs(value) - knee;
      side[at] =
        over <= 0 ? value : Math.sign(value) * (knee + (1 - knee) * 0.6 * Math.tanh(over / (1 - knee)));
    }
  }
}

function peakOf({ left, right }: Loop): number {
  let peak = 0;
  for (const side of [left, right]) for (const value of side) peak = Math.max(peak, Math.abs(value));
  return peak;
}

/** Mulberry32: the same bed on every machine. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
