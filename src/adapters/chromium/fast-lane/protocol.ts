// Enters and leaves: what Node and the stage page tell each other. Never: a URL with data in it; jobs travel by DevTools' pipe.
import type { SceneProps } from '../../../template/composition.ts';

/** One scene, ready for the page. */
export interface StageJob {
  readonly composition: string;
  readonly fps: number;
  readonly lang: string;
  readonly width: number;
  readonly height: number;
  readonly scene: {
    readonly id: string;
    readonly durationInFrames: number;
    readonly props: SceneProps;
  };
  /** Draw frames whose DOM stayed the same, too. */
  readonly drawAlways: boolean;
}

/** How WebCodecs encodes; part of `drawnBy`. */
export interface EncoderSetup {
  readonly codec: string;
  readonly bitsPerPixel: number;
  readonly latencyMode: LatencyMode;
  readonly bitrateMode: VideoEncoderBitrateMode;
}

/** Milliseconds of the page's main thread by what they went to, and how often it did so. */
export interface TimeSpent {
  readonly prepareMs: number;
  readonly commitMs: number;
  readonly paintMs: number;
  readonly readMs: number;
  readonly encodeMs: number;
  readonly framesDrawn: number;
}

export type Answer =
  | { readonly kind: 'drawn'; readonly base64: string; readonly spent: TimeSpent }
  | { readonly kind: 'failed'; readonly reason: string };

/** How frames that were drawn in part compare with the same frames drawn whole. */
export interface PartsCheck {
  readonly whole: number;
  readonly inPart: number;
  /** Pixels that changed where nothing was drawn, more than rounding makes: there must be none. */
  readonly missed: readonly { readonly frame: number; readonly pixels: number }[];
  /** Where it was drawn: the most pixels of any frame that can be told apart, all on edges that a rectangle cuts. */
  readonly rough: number;
}

/** What the page hangs on `window.dearlyStage`. One call at a time. */
export interface StageDoor {
  /** MP4 of the whole scene. Calls `window.dearlyFrames(count)` with the frames done since the last call. */
  segment(job: StageJob, encoder: EncoderSetup): Promise<Answer>;
  /** PNG of one frame. */
  still(job: StageJob, frame: number): Promise<Answer>;
  /** Draws each frame that changes twice: what changed, then all. For tests. */
  checkParts(job: StageJob): Promise<PartsCheck>;
  /** The call under way ends soon, as failed. */
  stop(): void;
  /** Null, or what the browser lacks. */
  lacks(encoder: EncoderSetup): Promise<string | null>;
}

declare global {
  interface Window {
    dearlyStage: StageDoor;
    dearlyFrames(count: number): Promise<void>;
  }
}
