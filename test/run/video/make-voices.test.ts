import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { DearlyError } from '../../../src/errors.ts';
import type { Snapshot, Storyboard } from '../../../src/merge/snapshot.ts';
import { soundNoteKey } from '../../../src/render/sound/sound-script.ts';
import type { Speech } from '../../../src/render/sound/speech.ts';
import { voiceScriptsOf } from '../../../src/render/sound/voice-scripts.ts';
import { readStored } from '../../../src/run/read-stored.ts';
import { removeArtefacts } from '../../../src/run/remove-artefacts.ts';
import { makeVoices } from '../../../src/run/video/make-voices.ts';
import { film, measure, onsets, openStudio, syllables, tone, wave } from '../../support/sound.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const isKept = async () => true;
async function open(speech: Speech | null, clips: Readonly<Record<string, Uint8Array>> = {}, kept = isKept) {
  const studio = await openStudio(clips, speech);
  closers.push(studio.close);
  const kinds = async (kind: string) =>
    (await readdir(join(studio.folder, 'store', kind)).catch(() => [])).length;
  return { ...studio, kinds, voices: makeVoices({ ...studio, isKept: kept }) };
}

/** Two seconds of speech for every sentence. */
function engine(id = 'tone'): Speech & { readonly said: string[] } {
  const said: string[] = [];
  return {
    id,
    said,
    async speak(text) {
      said.push(text);
      return wave(syllables(2));
    },
  };
}

function told(name: string): Storyboard {
  return film(
    [
      { id: 'opening', durationInFrames: 100, narration: [{ say: 'Your year' }] },
      {
        id: 'greeting',
        durationInFrames: 90,
        narration: [{ say: name, clip: `names/${name.toLowerCase()}.wav` }],
      },
      { id: 'silent', durationInFrames: 60 },
      {
        id: 'tips',
        durationInFrames: 120,
        narration: [{ say: 'What you can do' }],
        adapts: {
          form: 'goal',
          field: 'goal',
          by: { save: { narration: [{ say: 'How to save' }] }, green: {} },
        },
      },
    ],
    { music: 'bed.wav' },
  );
}

const behind = (storyboard: Storyboard) => ({ id: 's', storyboard }) as unknown as Snapshot;
const names = (scripts: readonly { readonly name: string }[]) => scripts.map(({ name }) => name);

test('named is what somebody here can say, also after an answer', async () => {
  const said = engine();
  const { voices } = await open(said);
  const listed = await voices.list(told('Ada'));
  expect(listed.map(({ name, scene, answer }) => [name, scene, answer])).toEqual([
    ['0', 'opening', null],
    ['1', 'greeting', null],
    ['3', 'tips', null],
    ['3-0', 'tips', 'save'],
  ]);
  expect(said.said, 'looking starts nothing').toEqual([]);
  const studio = await open(null, { 'names/ada.wav': wave(tone(0.5, 900)) });
  expect(names(await studio.voices.list(told('Ada')))).toEqual(['1']);
  expect(names(await studio.voices.list(told('Bea')))).toEqual([]);
  expect(await studio.voices.get(behind(told('Bea')), '1')).toBeNull();
});

test('one is in step with its scene, as loud as in the MP4, and ends with its last word', async () => {
  const { voices, store, hear, folder } = await open(engine());
  const voice = await voices.get(behind(told('Ada')), '0');
  const bytes = await readStored(store, voice?.key ?? '');
  const pcm = await hear(bytes as Uint8Array);
  // The first syllable swells.
  expect((onsets(pcm, 0.01)[0] as number) - 0.2).toBeLessThan(0.03);
  expect(pcm.left.length / 48_000).toBeCloseTo(2.2, 1);
  expect(Math.abs((await measure(folder, bytes as Uint8Array)).lufs + 16)).toBeLessThan(1);
});

test('one is said once for all who hear the same, and a look starts none', async () => {
  const said = engine();
  const { voices, kinds } = await open(said);
  const [ada, bea] = [behind(told('Ada')), behind(told('Bea'))];
  expect(await voices.peek(ada, '0')).toBeNull();
  expect(said.said).toEqual([]);
  const both = await Promise.all([voices.get(ada, '0'), voices.get(bea, '0')]);
  expect(both[0]).toEqual(both[1]);
  expect(await voices.peek(bea, '0')).toEqual(both[0]);
  expect((await voices.get(ada, '1'))?.key).not.toBe((await voices.get(bea, '1'))?.key);
  expect((await voices.get(ada, '3'))?.key).not.toBe((await voices.get(ada, '3-0'))?.key);
  expect(said.said).toEqual(['Your year', 'Ada', 'Bea', 'What you can do', 'How to save']);
  expect(await kinds('voice')).toBe(5);
  for (const name of ['2', '9', '3-1', '', '../1']) expect(await voices.get(ada, name), name).toBeNull();
});

test('erasing finds what was said, and one that is made meanwhile does not stay', async () => {
  const { voices, store, kinds } = await open(engine());
  const storyboard = told('Ada');
  for (const name of ['0', '1', '3', '3-0']) await voices.get(behind(storyboard), name);
  expect([await kinds('voice'), await kinds('speech')]).toEqual([4, 4]);
  const notes = voiceScriptsOf(storyboard).map((it) => soundNoteKey(it.film));
  await removeArtefacts(store, notes);
  expect([await kinds('voice'), await kinds('speech'), await kinds('sound')]).toEqual([0, 0, 0]);
  const gone = await open(engine(), {}, async () => false);
  expect(await gone.voices.get(behind(storyboard), '1')).toBeNull();
  expect([await gone.kinds('voice'), await gone.kinds('speech'), await gone.kinds('sound')]).toEqual([
    0, 0, 0,
  ]);
});

test('an engine that fails is asked anew by whoever comes next; nobody waits behind many', async () => {
  const { promise: silence, resolve: speak } = Promise.withResolvers<void>();
  let fails = true;
  const { voices } = await open({
    id: 'slow',
    async speak() {
      if (fails) throw new DearlyError('speech-unavailable', 'not now');
      await silence;
      return wave(tone(0.5, 900));
    },
  });
  await expect(voices.get(behind(told('Ada')), '1')).rejects.toMatchObject({ code: 'speech-unavailable' });
  fails = false;
  const people = Array.from({ length: 17 }, (_, nth) => behind(told(`Person ${nth}`)));
  const asked = people.map((it) => voices.get(it, '1'));
  const settled = Promise.allSettled(asked);
  await expect(Promise.race(asked)).rejects.toMatchObject({ code: 'speech-unavailable' });
  speak();
  expect((await settled).filter(({ status }) => status === 'fulfilled')).toHaveLength(16);
});
