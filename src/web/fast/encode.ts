import { BufferTarget, EncodedPacket, EncodedVideoPacketSource, Mp4OutputFormat, Output } from 'mediabunny';
import type { EncoderSetup, StageJob } from '../../adapters/chromium/fast-lane/protocol.ts';

/** Frames on their way; more would only hold memory. */
const queued = 3;

export interface Encoding {
  /** Resolves when the encoder takes another. Frames come in order; `frame` is closed here. */
  add(frame: VideoFrame): Promise<void>;
  /** The MP4. */
  finish(): Promise<Uint8Array>;
  /** Ends it without a file. */
  drop(): void;
}

type Size = Pick<StageJob, 'width' | 'height' | 'fps'>;

/** An MP4 of H.264 alone; its one key frame is the first. */
export async function openEncoding(size: Size, setup: EncoderSetup): Promise<Encoding> {
  const target = new BufferTarget();
  const output = new Output({ format: new Mp4OutputFormat({ fastStart: 'in-memory' }), target });
  const track = new EncodedVideoPacketSource('avc');
  output.addVideoTrack(track, { frameRate: size.fps });
  await output.start();
  let fault: unknown = null;
  let written: Promise<void> = Promise.resolve();
  let count = 0;
  const encoder = new VideoEncoder({
    output(chunk, meta) {
      written = written.then(() => track.add(EncodedPacket.fromEncodedChunk(chunk), meta));
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
        encoder.encode(frame, { keyFrame: count === 0 });
        count += 1;
      } finally {
        frame.close();
      }
      while (encoder.encodeQueueSize > queued && fault === null) {
        await new Promise((resolve) => encoder.addEventListener('dequeue', resolve, { once: true }));
      }
    },
    async finish() {
      await encoder.flush();
      check();
      await written;
      encoder.close();
      await output.finalize();
      if (!target.buffer) throw new Error('the encoder gave no file');
      return new Uint8Array(target.buffer);
    },
    drop() {
      if (encoder.state !== 'closed') encoder.close();
      output.cancel().catch(() => {});
    },
  };
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
