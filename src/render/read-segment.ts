// Enters: the MP4 of one scene. Leaves: Segment, its packets and decoder configuration, known to be whole.
// Never: decoded; packets are looked at from outside.
import { BufferSource, type EncodedPacket, EncodedPacketSink, Input, MP4 } from 'mediabunny';
import { DearlyError } from '../errors.ts';
import type { SceneJob } from './lane.ts';

export interface Segment {
  readonly sceneId: string;
  readonly sizeBytes: number;
  readonly decoderConfig: VideoDecoderConfig;
  /** One per frame, in the order of showing; the first is a key frame. */
  readonly packets: readonly EncodedPacket[];
}

/** @throws DearlyError `segment-broken` when it is cut off, no MP4, or not what the job asks for */
export async function readSegment(bytes: Uint8Array, { scene, fps }: SceneJob): Promise<Segment> {
  const broken = (reason: string, cause?: unknown) =>
    new DearlyError('segment-broken', `The segment of scene "${scene.id}" cannot be used: ${reason}.`, {
      cause,
    });
  const input = new Input({ source: new BufferSource(bytes), formats: [MP4] });
  try {
    const tracks = await input.getTracks();
    const track = await input.getPrimaryVideoTrack();
    const decoderConfig = await track?.getDecoderConfig();
    if (!track || !decoderConfig || tracks.length > 1) throw broken('it is not one track of pictures');
    if ((await track.getCodec()) !== 'avc' || !decoderConfig.description)
      throw broken('it is no H.264 as MP4 has it');
    const packets: EncodedPacket[] = [];
    for await (const packet of new EncodedPacketSink(track).packets()) {
      // A file that was cut off gives shorter packets in silence.
      if (packet.data.byteLength === 0 || !fillsItsPacket(packet.data)) throw broken('it is cut off');
      const frame = packets.push(packet) - 1;
      if (Math.abs(packet.timestamp * fps - frame) > 0.1)
        throw broken(`frame ${frame} is shown at ${packet.timestamp} s`);
    }
    if (packets.length !== scene.durationInFrames)
      throw broken(`it has ${packets.length} frames, not ${scene.durationInFrames}`);
    if (packets[0]?.type !== 'key') throw broken('it does not start with a key frame');
    return { sceneId: scene.id, sizeBytes: bytes.byteLength, decoderConfig, packets };
  } catch (cause) {
    throw cause instanceof DearlyError ? cause : broken('it is no whole MP4', cause);
  } finally {
    input.dispose();
  }
}

/** NAL units, each after its length in 4 bytes, fill a packet to its end (ISO/IEC 14496-15 §5.3). */
function fillsItsPacket(data: Uint8Array): boolean {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  let at = 0;
  while (at + 4 <= data.byteLength) at += 4 + view.getUint32(at);
  return at === data.byteLength;
}
