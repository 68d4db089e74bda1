import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BufferSource, EncodedPacketSink, Input, MP4 } from 'mediabunny';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decodeVideo } from '../../../../src/adapters/ffmpeg/decode-video.ts';
import { extractFrame } from '../../../../src/adapters/ffmpeg/extract-frame.ts';
import { ssim } from '../../../support/ssim.ts';
import { fields, oddJob, openLane, type TestLane } from './open-lane.ts';

const asset = 'a'.repeat(64);
let it: TestLane;
let framesDrawn = 0;

beforeAll(async () => {
  const red = await sharp({ create: { width: 40, height: 40, channels: 3, background: '#ff0000' } })
    .png()
    .toBuffer();
  it = await openLane({
    pages: 2,
    onSpent: (_, spent) => {
      framesDrawn = spent.framesDrawn;
    },
    assets: async (hash) => (hash === asset ? { bytes: red, type: 'image/png' } : null),
  });
});

afterAll(() => it?.end());

test('a segment decodes without a word: every frame, at its time, in the reference’s colours', async () => {
  const path = await keep(await it.lane.segment(oddJob('plain', { colors: fields })), 'plain.mp4');
  expect(await decodeVideo(path)).toMatchObject({
    frames: 30,
    seconds: 1,
    codec: 'h264',
    pixelFormat: 'yuv420p',
    width: 1280,
    height: 720,
    messages: [],
  });
  const frame = await extractFrame(path, 900);
  for (const [index, color] of fields.entries()) {
    const shown = await pixelAt(frame, index * 256 + 128, 300);
    const wanted = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
    // A step of luma or chroma is up to two of red, green and blue; two of them may meet. A wrong matrix or range is off by ten.
    for (const [channel, value] of wanted.entries()) {
      expect(Math.abs((shown[channel] ?? 0) - value), `${color} as ${shown}`).toBeLessThanOrEqual(5);
    }
  }
});

test('only frames that differ from the one before are drawn', async () => {
  await it.lane.segment(oddJob('plain', { colors: fields }));
  expect(framesDrawn, 'the mark moves fifteen times').toBe(16);
  await it.lane.segment(oddJob('plain', { colors: fields }, { paint: 'always' }));
  expect(framesDrawn).toBe(30);
});

test('a frame stands where it belongs, and is what the still shows', async () => {
  const job = oddJob('plain', { colors: fields });
  const path = await keep(await it.lane.segment(job), 'marks.mp4');
  for (const frame of [0, 7, 15, 29]) {
    const shown = await extractFrame(path, (frame * 1000) / 30);
    const mark = Math.min(frame, 15) * 20;
    expect((await pixelAt(shown, mark + 20, 700))[0], `the mark at frame ${frame}`).toBeGreaterThan(245);
    expect(await ssim(shown, await it.lane.still(job, frame))).toBeGreaterThan(0.99);
  }
});

test('all segments share one decoder configuration, and only their first frame is a key frame', async () => {
  const jobs = [
    oddJob('plain', { colors: fields }),
    oddJob('plain', { colors: ['#000000', '#ffffff'] }, { durationInFrames: 47 }),
    oddJob('picture', { src: `asset:${asset}` }, { durationInFrames: 5 }),
  ];
  const segments = await Promise.all(jobs.map((job) => it.lane.segment(job)));
  const looks = await Promise.all(segments.map(lookInto));
  expect(new Set(looks.map(({ description }) => description)).size).toBe(1);
  expect(looks.map(({ keys }) => keys)).toEqual(['0', '0', '0']);
  expect(looks.map(({ count }) => count)).toEqual([30, 47, 5]);
  expect(looks.map(({ seconds }) => seconds.toFixed(4))).toEqual(['1.0000', '1.5667', '0.1667']);
});

test('pictures that props name are shown', async () => {
  const still = await it.lane.still(oddJob('picture', { src: `asset:${asset}` }), 0);
  expect(await pixelAt(still, 640, 360)).toEqual([255, 0, 0]);
});

test('a scene that paints by itself is drawn for every frame', async () => {
  const job = oddJob('ticks', {}, { paint: 'always' });
  const path = await keep(await it.lane.segment(job), 'ticks.mp4');
  const reds = await Promise.all(
    [3, 15, 28].map(async (frame) => pixelAt(await extractFrame(path, (frame * 1000) / 30), 640, 360)),
  );
  // Drawn to the bit; the encoder, which gives bits by the clock, was seen to be 13 off on a busy machine.
  for (const [index, frame] of [3, 15, 28].entries()) {
    expect(Math.abs((reds[index]?.[0] ?? 0) - frame * 8), `frame ${frame} is ${reds[index]}`).toBeLessThan(
      24,
    );
  }
});

test('what is asked for at once is all done, and its progress adds up', async () => {
  const told: number[] = [];
  const all = Array.from({ length: 6 }, (_, index) =>
    it.lane.segment(oddJob('plain', { colors: [`#${index}0${index}0${index}0`, '#fff'] }), {
      onFrames: (count) => told.push(count),
    }),
  );
  expect((await Promise.all(all)).every((bytes) => bytes.byteLength > 500)).toBe(true);
  expect(told.reduce((sum, count) => sum + count, 0)).toBe(180);
});

test.each([
  ['throws', { at: 12 }, /odd: scene "throws": no amount at frame 12/],
  ['gone', {}, /odd: scene "gone": no component/],
  ['picture', { src: `asset:${'b'.repeat(64)}` }, /odd, scene "picture": the picture asset:b+ cannot/],
  ['picture', { src: 'data:image/png;base64,AAAA' }, /odd, scene "picture": the picture data:.* cannot/],
  ['picture', { src: 'https://pictures.example/x.png' }, /scene "picture": the picture https:.* cannot/],
  ['font', {}, /odd, scene "font": the font "?Broken Grotesk"? normal cannot be loaded/],
])('%s %j fails with its scene and its reason, and the next scene is drawn', async (id, props, message) => {
  const fault = await it.lane.segment(oddJob(id, props)).catch((cause: unknown) => cause);
  expect(fault).toMatchObject({ code: 'render-failed', message: expect.stringMatching(message) });
  await expect(it.lane.still(oddJob('plain', { colors: fields }), 3)).resolves.toBeInstanceOf(Uint8Array);
});

test('footage is refused', async () => {
  const footage = oddJob('plain', { colors: fields }, { paint: 'footage' });
  await expect(it.lane.segment(footage)).rejects.toMatchObject({ code: 'render-failed' });
});

test('who calls off gets the reason, before and while it draws', async () => {
  const early = AbortSignal.abort(new Error('not any more'));
  await expect(it.lane.segment(oddJob('plain', { colors: fields }), { signal: early })).rejects.toThrow(
    'not any more',
  );
  const stop = new AbortController();
  const long = oddJob('plain', { colors: fields }, { durationInFrames: 20_000, paint: 'always' });
  const drawing = it.lane.segment(long, {
    signal: stop.signal,
    onFrames: () => stop.abort(new Error('enough')),
  });
  await expect(drawing).rejects.toThrow('enough');
});

test('what draws is named alike every time', async () => {
  const name = await it.lane.drawnBy();
  expect(name).toMatch(/^fast-[0-9a-f]{16}$/);
  expect(await it.lane.drawnBy()).toBe(name);
});

async function keep(bytes: Uint8Array, name: string): Promise<string> {
  const path = join(it.dataDir, name);
  await writeFile(path, bytes);
  return path;
}

async function pixelAt(picture: Uint8Array, left: number, top: number): Promise<number[]> {
  return [
    ...(await sharp(picture).removeAlpha().extract({ left, top, width: 1, height: 1 }).raw().toBuffer()),
  ];
}

async function lookInto(bytes: Uint8Array) {
  const input = new Input({ source: new BufferSource(bytes), formats: [MP4] });
  const track = await input.getPrimaryVideoTrack();
  if (!track) throw new Error('no picture');
  const config = await track.getDecoderConfig();
  const description = config?.description as Uint8Array | undefined;
  const keys: number[] = [];
  let count = 0;
  let end = 0;
  for await (const packet of new EncodedPacketSink(track).packets()) {
    if (packet.type === 'key') keys.push(count);
    count += 1;
    end = packet.timestamp + packet.duration;
  }
  const hex = description ? Buffer.from(description).toString('hex') : '';
  return { description: hex, keys: keys.join(), count, seconds: end };
}
