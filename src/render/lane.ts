import type { StoryboardScene } from '../merge/snapshot.ts';
import type { Format } from '../template/composition.ts';

export type LaneName = 'fast' | 'reference';

/** One scene of one storyboard: all that decides its pixels. */
export interface SceneJob {
  readonly composition: string;
  /** Hash of the composition's source. */
  readonly version: string;
  readonly fps: number;
  readonly lang: string;
  readonly format: Format;
  readonly scene: Pick<StoryboardScene, 'id' | 'durationInFrames' | 'props' | 'paint'>;
}

export interface DrawOptions {
  /** Frames done since the last call. */
  readonly onFrames?: (count: number) => void;
  readonly signal?: AbortSignal;
}

/** A way to draw scenes. @throws DearlyError `render-failed`, naming the scene and why; `browser-unavailable` */
export interface Lane {
  readonly name: LaneName;
  /**
   * What decides the picture beside the job: lane, stage code, browser, encoder set-up. Part of every segment's key, so
   * that segments which share it also share their decoder configuration.
   */
  drawnBy(): Promise<string>;
  /** The scene as MP4: H.264 alone, key frame first, `durationInFrames` at `fps`, from 0 on. */
  segment(job: SceneJob, options?: DrawOptions): Promise<Uint8Array>;
  /** Frame `frame` of the scene as PNG. */
  still(job: SceneJob, frame: number, signal?: AbortSignal): Promise<Uint8Array>;
  /** Ends browsers, if some were started. */
  close(): Promise<void>;
}
