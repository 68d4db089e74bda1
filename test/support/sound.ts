import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { ffmpeg } from '../../src/adapters/ffmpeg/ffmpeg.ts';
import { ffmpegSoundCodec } from '../../src/adapters/ffmpeg/sound-codec.ts';
import { toWave } from '../../src/adapters/ffmpeg/wave.ts';
import { soundFiles } from '../../src/adapters/packs/sound-files.ts';
import { folderStore } from '../../src/adapters/storage/folder-store.ts';
import type { Storyboard, StoryboardScene } from '../../src/merge/snapshot.ts';
import { type Pcm, sampleRate, silence } from '../../src/render/sound/pcm.ts';
import type { Speech } from '../../src/render/sound/speech.ts';
import type { FetchAsset } from '../../src/run/video/fetch-assets.ts';
import { makeClips } from '../../src/run/video/find-clip.ts';
import { makeSounds } from '../../src/run/video/make-sound.ts';

/** The same on every run. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

export function draw(seconds: number, wave: (second: number, at: number) => number): Pcm {
  const pcm = silence(Math.round(seconds * sampleRate));
  for (let at = 0; at < pcm.left.length; at += 1) {
    const value = wave(at / sampleRate, at);
    pcm.left[at] = value;
    pcm.right[at] = value;
  }
  return pcm;
}

/** Syllables: four bursts of a buzzing tone a second, so that loudness and peaks are those of speech. */
export function syllables(seconds: number, hertz = 160): Pcm {
  const random = seeded(hertz);
  return draw(seconds, (second) => {
    const swell = Math.max(0, Math.sin(second * Math.PI * 4)) ** 0.7;
    const buzz = [1, 2, 3, 5].reduce((sum, n) => sum + Math.sin(second * 2 * Math.PI * hertz * n) / n, 0);
    return 0.2 * swell * (buzz + 0.3 * (random() - 0.5));
  });
}

export function tone(seconds: number, hertz: number, level = 0.3): Pcm {
  return draw(seconds, (second) => level * Math.sin(second * 2 * Math.PI * hertz));
}

export const wave = (pcm: Pcm): Uint8Array => toWave(pcm);

export function film(
  scenes: readonly (Partial<StoryboardScene> & Pick<StoryboardScene, 'durationInFrames'>)[],
  rest: Partial<Storyboard> = {},
): Storyboard {
  const whole = scenes.map(
    (scene, index): StoryboardScene => ({
      id: `scene-${index + 1}`,
      props: {},
      chapter: `Chapter ${index + 1}`,
      caption: '',
      ...scene,
    }),
  );
  return { composition: 'film', version: 'v', fps: 30, lang: 'de', posterFrame: 0, ...rest, scenes: whole };
}

/** A studio in a folder of its own, on the real store, files and ffmpeg. */
export async function openStudio(
  clips: Readonly<Record<string, Uint8Array>>,
  speech: Speech | null = null,
  fetchAsset: FetchAsset = () => Promise.reject(new Error('nothing is asked abroad')),
) {
  const folder = await mkdtemp(join(tmpdir(), 'dearly-sound-'));
  const sounds = join(folder, 'compositions/film/sounds');
  await mkdir(join(folder, 'work'), { recursive: true });
  for (const [name, bytes] of Object.entries(clips)) {
    await mkdir(join(sounds, name, '..'), { recursive: true });
    await writeFile(join(sounds, name), bytes);
  }
  const store = folderStore(join(folder, 'store'));
  const tools = {
    store,
    // Without books: nothing here is ever too much.
    films: { use: async () => {}, put: store.put, touch: async () => {}, forget: async () => {} },
    clips: makeClips({ store, files: soundFiles(join(folder, 'compositions')), fetchAsset }),
    codec: ffmpegSoundCodec(join(folder, 'work')),
    speech,
  };
  return {
    folder,
    ...tools,
    sounds: makeSounds(tools),
    /** Somebody else on the same store: another process, say. */
    another: (engine: Speech | null = speech) => makeSounds({ ...tools, speech: engine }),
    hear: (bytes: Uint8Array) =>
      tools.codec.decode(bytes, { atMostSeconds: 600, signal: new AbortController().signal }),
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

const measured = z.object({ input_i: z.coerce.number(), input_tp: z.coerce.number() });

/** ffmpeg's own measurement, by the first pass of its `loudnorm`. */
export async function measure(folder: string, file: Uint8Array): Promise<{ lufs: number; truePeak: number }> {
  const path = join(folder, 'measured.m4a');
  await writeFile(path, file);
  const filter = 'loudnorm=I=-16:TP=-1.5:print_format=json';
  const { stderr } = await ffmpeg('ffmpeg', ['-hide_banner', '-i', path, '-af', filter, '-f', 'null', '-']);
  const { input_i, input_tp } = measured.parse(JSON.parse(/\{[^{}]*\}/.exec(stderr)?.[0] ?? ''));
  return { lufs: input_i, truePeak: input_tp };
}

/** Where sound sets in after silence of at least `gapSeconds`, in seconds. */
export function onsets({ left }: Pcm, threshold: number, gapSeconds = 0.1): number[] {
  const found: number[] = [];
  let last = -Infinity;
  for (let at = 0; at < left.length; at += 1) {
    if (Math.abs(left[at] as number) < threshold) continue;
    if (at - last > gapSeconds * sampleRate) found.push(at / sampleRate);
    last = at;
  }
  return found;
}

/** Root mean square between two seconds. */
export function level({ left }: Pcm, from: number, until: number): number {
  const part = left.subarray(Math.round(from * sampleRate), Math.round(until * sampleRate));
  return Math.sqrt(part.reduce((sum, it) => sum + it * it, 0) / part.length);
}

/** How much of a tone there is between two seconds (Goertzel): tells one voice from another. */
export function strength({ left }: Pcm, hertz: number, from: number, until: number): number {
  const part = left.subarray(Math.round(from * sampleRate), Math.round(until * sampleRate));
  let re = 0;
  let im = 0;
  for (const [at, value] of part.entries()) {
    re += value * Math.cos((2 * Math.PI * hertz * at) / sampleRate);
    im += value * Math.sin((2 * Math.PI * hertz * at) / sampleRate);
  }
  return (2 * Math.hypot(re, im)) / part.length;
}
