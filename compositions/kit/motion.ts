import type { CSSProperties } from 'react';
import { Easing, interpolate, useCurrentFrame, useVideoConfig } from 'remotion';
import { theme } from '../../templates/theme.ts';

/** Frames at 30 a second. */
export const beat = {
  /** Between neighbours that appear one after another. */
  step: 3,
  /** One thing coming to rest; `quick` in scenes of one person, where every frame in motion is drawn for them alone. */
  calm: 24,
  quick: 15,
  /** A figure or a chart, meant to be watched. */
  slow: 44,
  /** Making room for the next scene. */
  leave: 4,
} as const;

const [x1, y1, x2, y2] = theme.motion.ease;
const settle = Easing.bezier(x1, y1, x2, y2);
const clamped = { extrapolateLeft: 'clamp', extrapolateRight: 'clamp' } as const;

/** 0 to 1: quick to start, long to settle. */
export function useProgress(from: number, duration: number = beat.calm): number {
  return interpolate(useCurrentFrame(), [from, from + duration], [0, 1], { ...clamped, easing: settle });
}

/** 0 to 1: slow at both ends, for what goes from one place to another. */
export function useTravel(from: number, duration: number): number {
  const easing = Easing.bezier(0.6, 0, 0.16, 1);
  return interpolate(useCurrentFrame(), [from, from + duration], [0, 1], { ...clamped, easing });
}

/** Comes up into its place. */
export function useRise(from: number, distance = 28, duration: number = beat.calm): CSSProperties {
  const frame = useCurrentFrame();
  const way = useProgress(from, duration);
  return {
    opacity: round(interpolate(frame, [from, from + duration / 2], [0, 1], clamped)),
    transform: `translateY(${round((1 - way) * distance)}px)`,
  };
}

/** Lifts off, quicker than anything came; at the end of the scene unless it is said when. */
export function useLeave(until?: number): Pick<CSSProperties, 'opacity'> {
  const frame = useCurrentFrame();
  const { durationInFrames } = useVideoConfig();
  const gone = until ?? durationInFrames - 1;
  const opacity = interpolate(frame, [gone - beat.leave, gone], [1, 0], {
    ...clamped,
    easing: Easing.in(Easing.quad),
  });
  return { opacity: round(opacity) };
}

/** Hundredths of a pixel are enough, and frames at rest become equal to the letter. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
