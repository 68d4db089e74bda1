// Enters: a storyboard, a segment for each of its scenes, its sound. Leaves: one MP4, index first, with chapters and title.
// Never: a frame encoded anew. Packets are copied; segments of two encoder set-ups are refused.
import {
  BufferSource,
  BufferTarget,
  EncodedAudioPacketSource,
  type EncodedPacket,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  Input,
  MP4,
  Mp4OutputFormat,
  Output,
} from 'mediabunny';
import { DearlyError } from '../errors.ts';
import type { Storyboard } from '../merge/snapshot.ts';
import { type Chapter, withChapters } from './chapters-box.ts';
import { languageCode } from './language-code.ts';
import type { Segment } from './read-segment.ts';
import { refuseMixture } from './refuse-mixture.ts';

/** What of a storyboard is written into the file. */
export type Film = Pick<Storyboard, 'fps' | 'lang' | 'title' | 'scenes' | 'composition'>;

/**
 * `segments` in the order of the scenes; `sound` is AAC in MP4 from the film's first frame on, or null.
 * @throws DearlyError `render-failed` naming two scenes that no player could show in one go; or the sound, if it is none
 */
export async function assemble(
  film: Film,
  segments: readonly Segment[],
  sound: Uint8Array | null,
): Promise<Uint8Array> {
  refuseMixture(film.composition, segments);
  const { fps, lang, title } = film;
  const seconds = film.scenes.reduce((sum, it) => sum + it.durationInFrames, 0) / fps;
  const heard = sound && (await readSound(film, sound, seconds));
  const target = new BufferTarget();
  const output = new Output({ format: new Mp4OutputFormat({ fastStart: 'in-memory' }), target });
  // The frame rate makes the track count in frames, so that a frame's time is a whole number.
  const languageOf = { languageCode: languageCode(lang) };
  const picture = new EncodedVideoPacketSource('avc');
  output.addVideoTrack(picture, { frameRate: fps, ...languageOf });
  const voice = heard && new EncodedAudioPacketSource('aac');
  if (voice) output.addAudioTrack(voice, languageOf);
  if (title) output.setMetadataTags({ title });
  await output.start();
  // Side by side: the file is written in the order of time, so each track waits for the other.
  await Promise.all([
    addPictures(picture, segments, fps),
    voice && heard ? addSound(voice, heard) : undefined,
  ]);
  await output.finalize();
  if (target.buffer === null) throw new Error('mediabunny ended without a file');
  return withChapters(new Uint8Array(target.buffer), chaptersOf(film));
}

async function addPictures(
  track: EncodedVideoPacketSource,
  segments: readonly Segment[],
  fps: number,
): Promise<void> {
  let frame = 0;
  for (const { packets, decoderConfig } of segments) {
    for (const packet of packets) {
      const meta = frame === 0 ? { decoderConfig } : undefined;
      await track.add(packet.clone({ timestamp: frame / fps, duration: 1 / fps }), meta);
      frame += 1;
    }
  }
  track.close();
}

interface Sound {
  readonly decoderConfig: AudioDecoderConfig;
  readonly packets: readonly EncodedPacket[];
}

/** The encoder's priming stands before zero, as the source's edit list says; mediabunny writes that list again. */
async function readSound({ composition }: Film, bytes: Uint8Array, untilSeconds: number): Promise<Sound> {
  const input = new Input({ source: new BufferSource(bytes), formats: [MP4] });
  const none = (cause?: unknown) =>
    new DearlyError('render-failed', `${composition}: the sound is no AAC in an MP4.`, { cause });
  try {
    const track = await input.getPrimaryAudioTrack();
    const decoderConfig = await track?.getDecoderConfig();
    if (!track || !decoderConfig || (await track.getCodec()) !== 'aac') throw none();
    const packets: EncodedPacket[] = [];
    for await (const packet of new EncodedPacketSink(track).packets()) {
      if (packet.timestamp >= untilSeconds) break;
      packets.push(packet);
    }
    return { decoderConfig, packets };
  } catch (cause) {
    throw cause instanceof DearlyError ? cause : none(cause);
  } finally {
    input.dispose();
  }
}

async function addSound(track: EncodedAudioPacketSource, { packets, decoderConfig }: Sound): Promise<void> {
  for (const [index, packet] of packets.entries())
    await track.add(packet, index === 0 ? { decoderConfig } : undefined);
  track.close();
}

/** Scenes without a name go on in the chapter before. */
function chaptersOf({ scenes, fps }: Film): readonly Chapter[] {
  const chapters: Chapter[] = [];
  let frame = 0;
  for (const { chapter, durationInFrames } of scenes) {
    if (chapter !== '' && chapter !== chapters.at(-1)?.title)
      chapters.push({ startSeconds: frame / fps, title: chapter });
    frame += durationInFrames;
  }
  return chapters;
}
