import type { Pcm } from './pcm.ts';

export interface DecodeOptions {
  /** What comes after it is left away. */
  readonly atMostSeconds: number;
  /** 1.1 plays a tenth faster at the same pitch. */
  readonly tempo?: number;
  readonly signal: AbortSignal;
}

/** Between sound files and samples. */
export interface SoundCodec {
  /** WAV, MP3, M4A, Ogg or FLAC, brought to our rate and two channels. @throws DearlyError `sound-invalid` */
  decode(file: Uint8Array, options: DecodeOptions): Promise<Pcm>;
  /** AAC in MP4 that plays exactly the samples given: what the encoder puts before and after is cut by an edit list. */
  encode(pcm: Pcm, signal: AbortSignal): Promise<Uint8Array>;
}

/** The files below the compositions' `sounds/`. */
export interface SoundFiles {
  /** Null where there is none, and for every name that leads elsewhere: names come from data. */
  read(composition: string, name: string): Promise<Uint8Array | null>;
}
