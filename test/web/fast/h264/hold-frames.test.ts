import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { BufferTarget, EncodedPacket, EncodedVideoPacketSource, Mp4OutputFormat, Output } from 'mediabunny';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decodeVideo } from '../../../../src/adapters/ffmpeg/decode-video.ts';
import { ffmpeg } from '../../../../src/adapters/ffmpeg/ffmpeg.ts';
import {
  escapeNal,
  overwriteBits,
  readBits,
  unescapeNal,
  unsignedField,
  writeBits,
} from '../../../../src/web/fast/h264/bits.ts';
import { canHold, holdFrames, type Packet } from '../../../../src/web/fast/h264/hold-frames.ts';
import { testBrowser } from '../../../support/test-browser.ts';

const size = { width: 320, height: 180 };

interface Encoded {
  readonly avcC: Uint8Array;
  readonly packets: readonly Uint8Array[];
}

describe('frames that are held', () => {
  let browser: Browser;
  let folder: string;
  let encoded: Encoded;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: await testBrowser() });
    folder = await mkdtemp(join(tmpdir(), 'dearly-hold-'));
    encoded = await encode(browser, 40);
  });
  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('look like the last one drawn, and change nothing behind them', async () => {
    const { avcC, packets } = encoded;
    expect(canHold(avcC)).toBe(true);
    // One at once, many in a row, one before the end, one at the end.
    const pattern = packets.flatMap((packet, n): Packet[] => [
      packet,
      ...Array<Packet>(n === 0 ? 1 : n === 7 ? 70 : n % 5 === 0 ? 3 : n === 39 ? 1 : 0).fill('held'),
    ]);
    const drawn = await framesOf(avcC, packets, join(folder, 'drawn.mp4'));
    const held = await framesOf(avcC, holdFrames(avcC, pattern), join(folder, 'held.mp4'));
    expect(drawn).toHaveLength(40);
    expect(new Set(drawn.map((it) => it.toString('base64'))).size).toBe(40);
    let last = -1;
    const expected = pattern.map((it) => drawn[it === 'held' ? last : ++last]);
    expect(held.length).toBe(expected.length);
    for (const [n, frame] of held.entries())
      expect(frame.equals(expected[n] ?? Buffer.alloc(0)), `${n}`).toBe(true);
    const { frames, messages } = await decodeVideo(join(folder, 'held.mp4'));
    expect({ frames, messages }).toEqual({ frames: pattern.length, messages: [] });
  });

  test('cost next to nothing', () => {
    const packets = holdFrames(encoded.avcC, [encoded.packets[0] as Uint8Array, 'held', 'held']);
    for (const held of packets.slice(1)) expect(held.length).toBeLessThan(20);
  });

  test('need a frame to hold, and a stream that allows it', () => {
    expect(() => holdFrames(encoded.avcC, ['held'])).toThrow('no frame to hold');
    // The same stream with CABAC switched on in its picture parameter set.
    const cabac = encoded.avcC.slice();
    const pictureSet = 8 + ((cabac[6] ?? 0) << 8) + (cabac[7] ?? 0) + 3;
    cabac[pictureSet + 1] = (cabac[pictureSet + 1] ?? 0) | 0b00100000;
    expect(canHold(cabac)).toBe(false);
    expect(() => holdFrames(cabac, [encoded.packets[0] as Uint8Array, 'held'])).toThrow('cannot be held');
    for (let length = 0; length < encoded.avcC.length - 1; length++)
      expect(() => canHold(encoded.avcC.subarray(0, length))).not.toThrow();
  });
});

describe('bits', () => {
  test('come back as they were written', () => {
    const field = fc.oneof(
      fc.nat(2 ** 20).map((it) => ({ value: it, field: unsignedField(it), isCode: true })),
      fc.tuple(fc.nat(2 ** 12 - 1), fc.integer({ min: 12, max: 30 })).map(([value, width]) => ({
        value,
        field: [value, width] as const,
        isCode: false,
      })),
    );
    fc.assert(
      fc.property(fc.array(field), (fields) => {
        const read = readBits(writeBits(fields.map((it) => it.field)));
        for (const {
          value,
          field: [, width],
          isCode,
        } of fields)
          expect(isCode ? read.unsigned() : read.bits(width)).toBe(value);
        expect(read.bits(1)).toBe(1);
      }),
    );
  });

  test('are overwritten alone', () => {
    const bytes = Uint8Array.of(0b10101010, 0b11110000, 0b00001111);
    overwriteBits(bytes, 5, 0b0101011, 7);
    expect([...bytes]).toEqual([(0b10101010 & ~0b111) | 0b010, 0b10110000, 0b00001111]);
  });

  test('never look like a start code once escaped', () => {
    const byte = fc.oneof(fc.constant(0), fc.nat(3), fc.nat(255));
    fc.assert(
      fc.property(
        fc.array(byte).map((it) => Uint8Array.from([...it, 1])),
        (plain) => {
          const nal = escapeNal(plain);
          expect(unescapeNal(nal)).toEqual(plain);
          for (let n = 2; n < nal.length; n++)
            expect(nal[n - 2] === 0 && nal[n - 1] === 0 && (nal[n] ?? 9) < 3).toBe(false);
        },
      ),
    );
  });
});

/** A picture that moves in every frame, encoded as the stage does it. */
async function encode(browser: Browser, count: number): Promise<Encoded> {
  const server = createServer((_, reply) =>
    reply.setHeader('content-type', 'text/html').end('<canvas></canvas>'),
  );
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const page = await browser.newPage();
  try {
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    const { avcC, packets } = await page.evaluate(
      async ({ width, height, count }) => {
        const canvas = document.querySelector('canvas');
        const context = canvas?.getContext('2d');
        if (!canvas || !context) throw new Error('no canvas');
        Object.assign(canvas, { width, height });
        const packets: number[][] = [];
        let avcC: number[] = [];
        const encoder = new VideoEncoder({
          output: (chunk, metadata) => {
            const bytes = new Uint8Array(chunk.byteLength);
            chunk.copyTo(bytes);
            packets.push([...bytes]);
            const description = metadata?.decoderConfig?.description;
            if (description) avcC = [...new Uint8Array(description as ArrayBuffer)];
          },
          error: (error) => console.error(error),
        });
        encoder.configure({ codec: 'avc1.640028', width, height, bitrate: 1e6, avc: { format: 'avc' } });
        for (let n = 0; n < count; n++) {
          context.fillStyle = `hsl(${n * 9} 60% 60%)`;
          context.fillRect(0, 0, width, height);
          context.fillStyle = '#123';
          context.fillRect(n * 6, 20 + ((n * 37) % 100), 60, 40);
          const frame = new VideoFrame(canvas, { timestamp: (n * 1e6) / 30 });
          encoder.encode(frame, { keyFrame: n === 0 });
          frame.close();
        }
        await encoder.flush();
        return { avcC, packets };
      },
      { ...size, count },
    );
    return { avcC: Uint8Array.from(avcC), packets: packets.map((it) => Uint8Array.from(it)) };
  } finally {
    await page.close();
    server.closeAllConnections();
    server.close();
  }
}

/** Packs, and decodes every frame to its pixels. */
async function framesOf(avcC: Uint8Array, packets: readonly Uint8Array[], path: string): Promise<Buffer[]> {
  const target = new BufferTarget();
  const output = new Output({ format: new Mp4OutputFormat(), target });
  const source = new EncodedVideoPacketSource('avc');
  output.addVideoTrack(source, { frameRate: 30 });
  await output.start();
  const decoderConfig = {
    codec: 'avc1.640028',
    codedWidth: size.width,
    codedHeight: size.height,
    description: avcC,
  };
  for (const [n, packet] of packets.entries())
    await source.add(new EncodedPacket(packet, n === 0 ? 'key' : 'delta', n / 30, 1 / 30), { decoderConfig });
  await output.finalize();
  await writeFile(path, new Uint8Array(target.buffer as ArrayBuffer));
  const { stdout, stderr } = await ffmpeg('ffmpeg', [
    ...['-v', 'error', '-i', path, '-f', 'image2pipe', '-c:v', 'png', '-'],
  ]);
  expect(stderr).toBe('');
  const end = Buffer.from('IEND');
  const frames: Buffer[] = [];
  for (let from = 0, at = stdout.indexOf(end); at >= 0; at = stdout.indexOf(end, from)) {
    frames.push(stdout.subarray(from, at));
    from = at + 8;
  }
  return frames;
}
