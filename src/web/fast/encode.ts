import { BufferTarget, EncodedPacket, EncodedVideoPacketSource, Mp4OutputFormat, Output } from 'mediabunny';
import type { EncoderSetup, StageJob } from '../../adapters/chromium/fast-lane/protocol.ts';
import { canHold, holdFrames, type Packet } from './h264/hold-frames.ts';

/** Frames on their way; more would only hold memory. */
const queued = 3;

export interface Encoding {
  /** Resolves when the encoder takes another. Frames come in order; `frame` is closed here. */
  add(frame: VideoFrame): Promise<void>;
  /** The last frame once more, without the encoder. False where the stream does not allow it: then it has to be added. */
  hold(): boolean;
  /** The MP4. */
  finish(): Promise<Uint8Array>;
  /** Ends it without a file. */
  drop(): void;
}

type Size = Pick<StageJob, 'width' | 'height' | 'fps'>;

/** An MP4 of H.264 alone; its one key frame is the first. */
export function openEncoding(size: Size, setup: EncoderSetup): Encoding {
  const order: ('encoded' | 'held')[] = [];
  const encoded: Uint8Array[] = [];
  let config: VideoDecoderConfig | null = null;
  let mayHold = false;
  let fault: unknown = null;
  const encoder = new VideoEncoder({
    output(chunk, meta) {
      const bytes = new Uint8Array(chunk.byteLength);
      chunk.copyTo(bytes);
      encoded.push(bytes);
      if (config !== null || !meta?.decoderConfig) return;
      config = meta.decoderConfig;
      mayHold = canHold(avcCOf(config));
    },
    error(cause) {
      fault = cause;
    },
  });
  encoder.configure(configOf(size, setup));

  function check(): void {
    if (fault !== null) throw new Error('the encoder fails', { cause: fault });
  }

  return {
    async add(frame) {
      try {
        check();
        encoder.encode(frame, { keyFrame: order.length === 0 });
        order.push('encoded');
      } finally {
        frame.close();
      }
      while (encoder.encodeQueueSize > queued && fault === null) {
        await new Promise((resolve) => encoder.addEventListener('dequeue', resolve, { once: true }));
      }
    },
    hold() {
      if (mayHold) order.push('held');
      return mayHold;
    },
    async finish() {
      await encoder.flush();
      check();
      encoder.close();
      const rest = encoded.values();
      const packets = order.map((it) => (it === 'held' ? it : (rest.next().value ?? noPacket())));
      return await pack(size, config ?? noPacket(), packets);
    },
    drop() {
      if (encoder.state !== 'closed') encoder.close();
    },
  };
}

async function pack(
  { fps }: Size,
  decoderConfig: VideoDecoderConfig,
  packets: readonly Packet[],
): Promise<Uint8Array> {
  const target = new BufferTarget();
  const output = new Output({ format: new Mp4OutputFormat({ fastStart: 'in-memory' }), target });
  const track = new EncodedVideoPacketSource('avc');
  output.addVideoTrack(track, { frameRate: fps });
  await output.start();
  for (const [index, bytes] of holdFrames(avcCOf(decoderConfig), packets).entries()) {
    const packet = new EncodedPacket(bytes, index === 0 ? 'key' : 'delta', index / fps, 1 / fps);
    await track.add(packet, { decoderConfig });
  }
  await output.finalize();
  return new Uint8Array(target.buffer ?? noPacket());
}

function avcCOf({ description }: VideoDecoderConfig): Uint8Array {
  if (description === undefined) return noPacket();
  return ArrayBuffer.isView(description)
    ? new Uint8Array(description.buffer, description.byteOffset, description.byteLength)
    : new Uint8Array(description);
}

function noPacket(): never {
  throw new Error('the encoder gave no picture');
}

/** Null, or what is missing. */
export async function lacksEncoder(size: Size, setup: EncoderSetup): Promise<string | null> {
  if (typeof VideoEncoder === 'undefined') return 'it has no WebCodecs';
  const { supported } = await VideoEncoder.isConfigSupported(configOf(size, setup));
  return supported ? null : 'it has no encoder for H.264';
}

function configOf({ width, height, fps }: Size, setup: EncoderSetup): VideoEncoderConfig {
  const { bitsPerPixel, ...rest } = setup;
  return {
    ...rest,
    width,
    height,
    framerate: fps,
    bitrate: Math.round(width * height * fps * bitsPerPixel),
    avc: { format: 'avc' },
  };
}
