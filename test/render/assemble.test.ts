import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { BufferSource, EncodedPacketSink, Input, MP4 } from 'mediabunny';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decodeVideo } from '../../src/adapters/ffmpeg/decode-video.ts';
import { ffmpeg } from '../../src/adapters/ffmpeg/ffmpeg.ts';
import type { Storyboard } from '../../src/merge/snapshot.ts';
import { assemble } from '../../src/render/assemble.ts';
import { readSegment, type Segment } from '../../src/render/read-segment.ts';
import { jobOf, jobsOf } from '../../src/render/segment-key.ts';
import { flatLane } from '../support/flat-lane.ts';
import { sampleFilm, scene } from '../support/sample-film.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dearly-assemble-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const drawn = new Map<number, Promise<Uint8Array>>();
/** Flat scenes of the same length look alike but for their colour: one drawing of each length will do. */
async function segmentsOf(film: Storyboard): Promise<Segment[]> {
  const lane = flatLane();
  return await Promise.all(
    jobsOf(film, '16:9').map(async (job) => {
      const frames = job.scene.durationInFrames;
      const bytes = drawn.get(frames) ?? lane.segment(job);
      drawn.set(frames, bytes);
      return await readSegment(await bytes, job);
    }),
  );
}

async function probe(mp4: Uint8Array, ...show: readonly string[]) {
  const path = join(folder, 'probe.mp4');
  await writeFile(path, mp4);
  const { stdout, stderr } = await ffmpeg('ffprobe', ['-v', 'warning', ...show, '-of', 'json', path]);
  expect(stderr).toBe('');
  return JSON.parse(stdout.toString('utf8'));
}

/** 48 kHz sine: AAC with priming and an edit list. */
async function sine(seconds: number): Promise<Uint8Array> {
  const samples = Math.round(48_000 * seconds);
  const pcm = Buffer.alloc(samples * 2);
  for (let i = 0; i < samples; i++) pcm.writeInt16LE(Math.round(8000 * Math.sin(i / 17)), i * 2);
  const [raw, m4a] = [join(folder, 'sine.pcm'), join(folder, 'sine.m4a')];
  await writeFile(raw, pcm);
  await ffmpeg('ffmpeg', [
    ...['-v', 'error', '-y', '-f', 's16le', '-ar', '48000', '-ac', '1', '-i', raw],
    ...['-c:a', 'aac', '-b:a', '64k', '-f', 'mp4', m4a],
  ]);
  return new Uint8Array(await readFile(m4a));
}

async function packetTimes(mp4: Uint8Array, kind: 'video' | 'audio'): Promise<number[]> {
  const input = new Input({ source: new BufferSource(mp4), formats: [MP4] });
  const track = await (kind === 'video' ? input.getPrimaryVideoTrack() : input.getPrimaryAudioTrack());
  if (!track) throw new Error(`no ${kind}`);
  const times: number[] = [];
  for await (const packet of new EncodedPacketSink(track).packets()) times.push(packet.timestamp);
  return times;
}

test('scenes are joined: every frame decodes, chapters, title and language are told, the index comes first', async () => {
  const film = sampleFilm([
    scene('greeting', 20, { chapter: 'Grüß Gott, Ñandú 🌞' }),
    scene('usage', 31),
    scene('more-usage', 7, { chapter: '' }),
    scene('closing', 1, { chapter: 'Ende' }),
  ]);
  const mp4 = await assemble(film, await segmentsOf(film), await sine(59 / 30));
  const path = join(folder, 'whole.mp4');
  await writeFile(path, mp4);
  expect(await decodeVideo(path)).toMatchObject({
    frames: 59,
    seconds: expect.closeTo(59 / 30, 4),
    codec: 'h264',
    messages: [],
  });

  const told = await probe(mp4, '-show_chapters', '-show_format', '-show_streams');
  expect(
    told.chapters.map((it: { start_time: string; tags: { title: string } }) => [
      Number(it.start_time),
      it.tags.title,
    ]),
  ).toEqual([
    [0, 'Grüß Gott, Ñandú 🌞'],
    [expect.closeTo(20 / 30, 3), 'Chapter usage'],
    [expect.closeTo(58 / 30, 3), 'Ende'],
  ]);
  expect(told.format.tags.title).toBe('Ihr Jahr, Anna');
  expect(
    told.streams.map((it: { codec_name: string; tags: { language: string } }) => [
      it.codec_name,
      it.tags.language,
    ]),
  ).toEqual([
    ['h264', 'deu'],
    ['aac', 'deu'],
  ]);
  expect(told.streams[0].time_base).toBe('1/30');
  const text = Buffer.from(mp4).toString('latin1');
  expect(text.indexOf('moov')).toBeLessThan(text.indexOf('mdat'));
});

test('without sound, title and chapters it is a film all the same', async () => {
  const { title: _, ...film } = sampleFilm([scene('one', 5, { chapter: '' })], { lang: 'xx' });
  const told = await probe(
    await assemble(film, await segmentsOf(film), null),
    '-show_chapters',
    '-show_streams',
  );
  expect(told.chapters).toEqual([]);
  expect(told.streams).toHaveLength(1);
});

test('the sound stays where its own file has it, priming included', async () => {
  const film = sampleFilm([scene('one', 40), scene('two', 50)]);
  const sound = await sine(3);
  const mp4 = await assemble(film, await segmentsOf(film), sound);
  const source = await packetTimes(sound, 'audio');
  expect(source[0]).toBeLessThan(0);
  expect(await packetTimes(mp4, 'audio')).toEqual(source);
  const { streams } = await probe(mp4, '-show_streams');
  expect(streams.map((it: { start_time: string }) => Number(it.start_time))).toEqual([0, 0]);
});

test('a sound that goes on ends with the picture', async () => {
  const film = sampleFilm([scene('one', 30)]);
  const mp4 = await assemble(film, await segmentsOf(film), await sine(4));
  const { format } = await probe(mp4, '-show_format');
  expect(Number(format.duration)).toBeLessThan(1.05);
});

test('every frame stands at its exact time, whatever the scenes’ lengths', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 9 }),
      fc.constantFrom(24, 25, 30, 60),
      async (durations, fps) => {
        const film = sampleFilm(
          durations.map((frames, index) => scene(`s${index}`, frames)),
          { fps },
        );
        // Drawn at 30 frames a second; its packets are the same at any.
        const at30 = (await segmentsOf({ ...film, fps: 30 })) as Segment[];
        const times = await packetTimes(await assemble(film, at30, null), 'video');
        const total = durations.reduce((sum, it) => sum + it, 0);
        expect(times.map((it) => it * fps)).toEqual(
          Array.from({ length: total }, (_, frame) => expect.closeTo(frame, 6)),
        );
      },
    ),
    { numRuns: 30 },
  );
});

describe('what cannot be joined', () => {
  const film = sampleFilm([scene('first', 3), scene('second', 3), scene('third', 3)]);

  test('is refused, naming two scenes', async () => {
    const [first, second] = await segmentsOf(film);
    const job = jobOf(film, '16:9', 2);
    const third = await readSegment(await flatLane({ profile: 'baseline' }).segment(job), job);
    if (!first || !second) throw new Error('no segment');
    await expect(assemble(film, [first, second, third], null)).rejects.toMatchObject({
      code: 'render-failed',
      message: expect.stringMatching(/"first" and "third"/),
    });
  });

  test('is no sound at all', async () => {
    const bytes = Buffer.from('RIFF, or so they say');
    await expect(assemble(film, await segmentsOf(film), bytes)).rejects.toMatchObject({
      code: 'render-failed',
    });
  });

  test.each([0, 8, 100, 900, -1, -30])('is a segment cut off at byte %i', async (at) => {
    const job = jobOf(film, '16:9', 0);
    const bytes = await flatLane().segment(job);
    await expect(readSegment(bytes.subarray(0, at < 0 ? bytes.length + at : at), job)).rejects.toMatchObject({
      code: 'segment-broken',
      message: expect.stringContaining('"first"'),
    });
  });

  test('is a segment of another length', async () => {
    const job = jobOf(film, '16:9', 0);
    const bytes = await flatLane().segment({ ...job, scene: { ...job.scene, durationInFrames: 4 } });
    await expect(readSegment(bytes, job)).rejects.toMatchObject({ code: 'segment-broken' });
  });
});
