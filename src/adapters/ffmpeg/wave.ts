import { type Pcm, sampleRate } from '../../render/sound/pcm.ts';

const headerBytes = 44;

/** Two channels of 16 bits as WAV. */
export function toWave({ left, right }: Pcm): Uint8Array {
  const dataBytes = left.length * 4;
  const wave = Buffer.alloc(headerBytes + dataBytes);
  wave.write('RIFF', 0, 'latin1');
  wave.writeUInt32LE(headerBytes - 8 + dataBytes, 4);
  wave.write('WAVEfmt ', 8, 'latin1');
  wave.writeUInt32LE(16, 16);
  wave.writeUInt16LE(1, 20);
  wave.writeUInt16LE(2, 22);
  wave.writeUInt32LE(sampleRate, 24);
  wave.writeUInt32LE(sampleRate * 4, 28);
  wave.writeUInt16LE(4, 32);
  wave.writeUInt16LE(16, 34);
  wave.write('data', 36, 'latin1');
  wave.writeUInt32LE(dataBytes, 40);
  const samples = new Int16Array(wave.buffer, wave.byteOffset + headerBytes, left.length * 2);
  for (let at = 0; at < left.length; at += 1) {
    samples[at * 2] = toInt16(left[at] as number);
    samples[at * 2 + 1] = toInt16(right[at] as number);
  }
  return wave;
}

/** Two channels of 16 bits, as ffmpeg writes them into a pipe: the sizes in the header are not known there, so the end counts. */
export function fromWave(wave: Uint8Array): Pcm {
  const bytes = Buffer.from(wave.buffer, wave.byteOffset, wave.byteLength);
  const from = bytes.indexOf('data', 12, 'latin1') + 8;
  const count = from < 8 ? 0 : Math.floor((bytes.length - from) / 4);
  const left = new Float32Array(count);
  const right = new Float32Array(count);
  // The data need not begin at an even address; a copy does.
  const samples = new Int16Array(new Uint8Array(bytes.subarray(from, from + count * 4)).buffer);
  for (let at = 0; at < count; at += 1) {
    left[at] = (samples[at * 2] as number) / 32_768;
    right[at] = (samples[at * 2 + 1] as number) / 32_768;
  }
  return { left, right };
}

function toInt16(value: number): number {
  return Math.max(-32_768, Math.min(32_767, Math.round(value * 32_768)));
}
