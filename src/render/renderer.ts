import type { Storyboard } from '../merge/snapshot.ts';
import type { Format } from '../template/composition.ts';

export interface VideoOptions {
  readonly format: Format;
  /** Path of the MP4 to write. */
  readonly out: string;
  /** Only these frames, both ends included. */
  readonly frames?: readonly [first: number, last: number];
  /** Done, 0 to 1. */
  readonly onProgress?: (share: number) => void;
  readonly signal?: AbortSignal;
}

/** Draws storyboards. @throws DearlyError `render-failed`, naming the scene; `browser-unavailable` */
export interface Renderer {
  video(
    storyboard: Storyboard,
    options: VideoOptions,
  ): Promise<{ readonly durationMs: number; readonly sizeBytes: number }>;
  /** One frame as PNG. */
  still(
    storyboard: Storyboard,
    options: { readonly format: Format; readonly frame: number },
  ): Promise<Uint8Array>;
  /** Ends the browser, if one was started. */
  close(): Promise<void>;
}
