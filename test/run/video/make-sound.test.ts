import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { soundNoteKey } from '../../../src/render/sound/sound-script.ts';
import type { Speech } from '../../../src/render/sound/speech.ts';
import { removeArtefacts } from '../../../src/run/remove-artefacts.ts';
import {
  film,
  level,
  measure,
  onsets,
  openStudio,
  seeded,
  strength,
  syllables,
  tone,
  wave,
} from '../../support/sound.ts';

type Studio = Awaited<ReturnType<typeof openStudio>>;
const studios: Studio[] = [];
async function open(...args: Parameters<typeof openStudio>): Promise<Studio> {
  const studio = await openStudio(...args);
  studios.push(studio);
  return studio;
}
afterEach(async () => {
  for (const studio of studios.splice(0)) await studio.close();
});

/** Speaks every word as a tone of its own pitch, and counts how often it was asked. */
function engine(id = 'tone', hertz = 900): Speech & { readonly said: string[] } {
  const said: string[] = [];
  return {
    id,
    said,
    async speak(text) {
      said.push(text);
      return wave(tone(0.8, hertz));
    },
  };
}

const click = wave(tone(0.05, 2000, 0.8));
const bed = wave(tone(3, 220, 0.2));

// At the usual rates the MP4 itself is heard (test/render/sound/in-step.test.ts).
test('in step with the picture at a rate that divides nothing', async () => {
  const fps = 29;
  const random = seeded(fps);
  const { sounds, hear } = await open({ 'click.wav': click });
  const scenes = Array.from({ length: 7 }, () => ({
    durationInFrames: Math.round(fps * (1 + 4 * random())),
    narration: [{ say: 'click', clip: 'click.wav' }],
  }));
  const bytes = await sounds.get(film(scenes, { fps }));
  const pcm = await hear(bytes as Uint8Array);
  const heard = onsets(pcm, 0.05);
  let start = 0;
  for (const [index, { durationInFrames }] of scenes.entries()) {
    // Words wait 0.2 s for the picture. Within a third of a frame, of which there may be one.
    expect(Math.abs((heard[index] as number) - start / fps - 0.2)).toBeLessThan(1 / fps / 3);
    start += durationInFrames;
  }
  expect(heard).toHaveLength(scenes.length);
  const whole = pcm.left.length / 48_000;
  expect(whole - start / fps).toBeGreaterThan(-0.0001);
  // A decoder gives whole packets.
  expect(whole - start / fps).toBeLessThan(1024 / 48_000);
});

describe('loudness', () => {
  const scenes = [
    { durationInFrames: 120, narration: [{ say: 'a', clip: 'a.wav' }] },
    { durationInFrames: 150 },
    { durationInFrames: 150, narration: [{ say: 'b', clip: 'b.wav' }] },
    { durationInFrames: 180 },
  ];
  const quiet = syllables(2.5, 190);
  quiet.left.forEach((value, at) => {
    quiet.left[at] = value * 0.05;
    quiet.right[at] = value * 0.05;
  });
  const clips = { 'a.wav': wave(syllables(3)), 'b.wav': wave(quiet), 'bed.wav': bed };

  test.each([
    ['music and words', film(scenes, { music: 'bed.wav' })],
    ['words alone', film(scenes)],
    ['music alone', film([{ durationInFrames: 700 }], { music: 'bed.wav' })],
  ])('of %s', async (_, storyboard) => {
    const { sounds, folder } = await open(clips);
    const { lufs, truePeak } = await measure(folder, (await sounds.get(storyboard)) as Uint8Array);
    expect(Math.abs(lufs + 16)).toBeLessThan(1);
    expect(truePeak).toBeLessThanOrEqual(-1.5);
  });

  test('what is silent stays silent', async () => {
    const { sounds, hear } = await open({ 'hiss.wav': wave(tone(2, 400, 0.0002)) });
    const pcm = await hear(
      (await sounds.get(film([{ durationInFrames: 90 }], { music: 'hiss.wav' }))) as Uint8Array,
    );
    expect(level(pcm, 0, 3)).toBeLessThan(0.0005);
  });

  test('music steps back under words, fades at both ends and goes round', async () => {
    const { sounds, hear } = await open(clips);
    const pcm = await hear((await sounds.get(film(scenes, { music: 'bed.wav' }))) as Uint8Array);
    const under = strength(pcm, 220, 1, 3);
    const alone = strength(pcm, 220, 5.5, 7.5);
    expect(alone / under).toBeGreaterThan(2.5);
    expect(strength(pcm, 220, 14, 16)).toBeGreaterThan(alone * 0.8);
    expect(level(pcm, 0, 0.02)).toBeLessThan(alone / 20);
    expect(level(pcm, 19.98, 20)).toBeLessThan(alone / 20);
  });
});

describe('who speaks', () => {
  const say = [{ say: 'Hallo Anna', clip: 'names/anna.wav' }];
  const anna = film([{ durationInFrames: 90, narration: say }]);
  const berta = film([
    { durationInFrames: 90, narration: [{ say: 'Hallo Berta', clip: 'names/berta.wav' }] },
  ]);

  test('the recording that the data names, else the engine', async () => {
    const speech = engine();
    const { sounds, hear } = await open({ 'names/anna.wav': wave(tone(0.8, 500)) }, speech);
    const ofAnna = await hear((await sounds.get(anna)) as Uint8Array);
    expect(strength(ofAnna, 500, 0.3, 0.9)).toBeGreaterThan(20 * strength(ofAnna, 900, 0.3, 0.9));
    const ofBerta = await hear((await sounds.get(berta)) as Uint8Array);
    expect(strength(ofBerta, 900, 0.3, 0.9)).toBeGreaterThan(20 * strength(ofBerta, 500, 0.3, 0.9));
    expect(speech.said).toEqual(['Hallo Berta']);
  });

  test('nobody, where there is no recording and no engine', async () => {
    const { sounds } = await open({ 'bed.wav': bed });
    expect(await sounds.get(berta)).toBeNull();
    expect(await sounds.get(film([{ durationInFrames: 60 }]))).toBeNull();
    const withMusic = await sounds.hear({ ...berta, music: 'bed.wav' });
    // A film in which nobody speaks has captions, and nothing is amiss.
    expect(withMusic?.warnings).toEqual([]);
    const captions = film([{ durationInFrames: 60, narration: [{ say: 'Ihr Jahr' }] }], { music: 'bed.wav' });
    expect((await sounds.hear(captions))?.warnings).toEqual([]);
  });

  test('a gap among words that are said is told', async () => {
    const { sounds } = await open({ 'names/anna.wav': wave(tone(0.6, 500)) });
    const [hers] = anna.scenes;
    const [his] = berta.scenes;
    const both = { ...anna, scenes: [hers, { ...his, id: 'scene-2' }] } as typeof anna;
    const heard = await sounds.hear(both);
    expect(heard?.warnings).toEqual([expect.objectContaining({ scene: 'scene-2', kind: 'not-voiced' })]);
  });

  test('a bed that is not there is told, and the film is made', async () => {
    const { sounds } = await open({}, engine());
    const told: unknown[] = [];
    await sounds.get({ ...berta, music: 'gone.m4a' }, undefined, (it) => told.push(it));
    expect(told).toEqual([expect.objectContaining({ scene: null, kind: 'bed-missing' })]);
  });

  test('a file that is no sound is refused with its scene', async () => {
    const { sounds } = await open({
      'names/anna.wav': Buffer.from('#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:1/a.ts\n'),
    });
    await expect(sounds.get(anna)).rejects.toMatchObject({
      code: 'sound-invalid',
      message: expect.stringContaining('"scene-1"'),
    });
  });
});

describe('words and their scene', () => {
  const scene = (seconds: number) =>
    film([
      { durationInFrames: seconds * 30, narration: [{ say: 'a', clip: 'a.wav' }] },
      { durationInFrames: 90 },
    ]);

  test('a little too long is said faster', async () => {
    const { sounds, hear } = await open({ 'a.wav': wave(tone(5, 500)) });
    const heard = await sounds.hear(scene(5));
    expect(heard?.warnings).toEqual([]);
    const pcm = await hear((heard as { bytes: Uint8Array }).bytes);
    expect(level(pcm, 4, 4.8)).toBeGreaterThan(0.05);
    expect(level(pcm, 5, 7)).toBeLessThan(0.001);
  });

  test('much too long fades at the end of its scene, and says so, also when it is kept', async () => {
    const { sounds, hear, another } = await open({ 'a.wav': wave(tone(8, 500)) });
    const heard = await sounds.hear(scene(5));
    expect(heard?.warnings).toEqual([expect.objectContaining({ scene: 'scene-1', kind: 'cut-short' })]);
    const pcm = await hear((heard as { bytes: Uint8Array }).bytes);
    expect(level(pcm, 4, 4.7)).toBeGreaterThan(0.05);
    expect(level(pcm, 5.02, 7)).toBeLessThan(0.001);
    expect((await another().hear(scene(5)))?.warnings).toEqual(heard?.warnings);
  });
});

describe('made once', () => {
  const words = [{ say: 'Ihr Jahr', clip: 'none.wav' }];
  const storyboard = film([{ durationInFrames: 60, narration: words }], { music: 'bed.wav' });

  test('for all who ask at once, and for all who come later', async () => {
    const speech = engine();
    const { sounds, another } = await open({ 'bed.wav': bed }, speech);
    const all = await Promise.all([1, 2, 3].map(() => sounds.hear(storyboard)));
    expect(new Set(all.map((it) => it?.key)).size).toBe(1);
    expect(speech.said).toEqual(['Ihr Jahr']);
    const later = engine();
    expect(Buffer.compare((await another(later).get(storyboard)) as Buffer, all[0]?.bytes as Buffer)).toBe(0);
    expect(later.said).toEqual([]);
  });

  test('byte for byte the same from the same parts', async () => {
    const one = await (await open({ 'bed.wav': bed }, engine())).sounds.hear(storyboard);
    const two = await (await open({ 'bed.wav': bed }, engine())).sounds.hear(storyboard);
    expect(two?.key).toBe(one?.key);
    expect(Buffer.compare(two?.bytes as Buffer, one?.bytes as Buffer)).toBe(0);
  });

  test('words said in two films are said once', async () => {
    const speech = engine();
    const { sounds } = await open({}, speech);
    const other = film([
      { durationInFrames: 80, narration: words },
      { durationInFrames: 60, narration: words },
    ]);
    const [one, two] = await Promise.all([sounds.hear(storyboard), sounds.hear(other)]);
    expect(one?.key).not.toBe(two?.key);
    expect(speech.said).toEqual(['Ihr Jahr']);
  });
});

describe('nothing left over', () => {
  const storyboard = film([{ durationInFrames: 60, narration: [{ say: 'Hallo Anna' }] }], {
    music: 'bed.wav',
  });

  test('of whom is forgotten, whatever engine spoke', async () => {
    const { sounds, another, folder, store } = await open({ 'bed.wav': bed }, engine('one'));
    await sounds.get(storyboard);
    const second = another(engine('two', 700));
    await second.get(storyboard);
    const kept = async () =>
      (await readdir(join(folder, 'store'), { recursive: true })).filter((it) => it.includes('.'));
    expect((await kept()).map((it) => it.slice(-4)).sort()).toEqual(['.m4a', '.m4a', '.wav', '.wav', 'json']);
    await removeArtefacts(store, [soundNoteKey(storyboard)]);
    expect(await kept()).toEqual([]);
    // Music alone is nobody's.
    await sounds.get(film([{ durationInFrames: 60 }], { music: 'bed.wav' }));
    expect(await kept()).toEqual([expect.stringMatching(/^sound\/[0-9a-f]{64}\.m4a$/)]);
  });

  test('when the work is given up', async () => {
    const waiting = Promise.withResolvers<AbortSignal>();
    const slow: Speech = {
      id: 'slow',
      speak: (_text, _lang, signal) =>
        new Promise((_, reject) => {
          waiting.resolve(signal);
          signal.addEventListener('abort', () => reject(signal.reason));
        }),
    };
    const { sounds, folder } = await open({ 'bed.wav': bed }, slow);
    const end = new AbortController();
    const asked = sounds.get(storyboard, end.signal);
    const inner = await waiting.promise;
    end.abort(new Error('enough'));
    await expect(asked).rejects.toThrow('enough');
    expect(inner.aborted).toBe(true);
    expect(await readdir(join(folder, 'work'))).toEqual([]);
  });

  test('when ffmpeg is ended in the middle', async () => {
    const { codec, folder } = await open({});
    const end = new AbortController();
    const encoding = codec.encode(tone(300, 300), end.signal);
    while ((await readdir(join(folder, 'work'))).length === 0)
      await new Promise((resolve) => setImmediate(resolve));
    end.abort(new Error('enough'));
    await expect(encoding).rejects.toThrow('enough');
    expect(await readdir(join(folder, 'work'))).toEqual([]);
  });
});
