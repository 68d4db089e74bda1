import type { CSSProperties } from 'react';
import { Easing, interpolate, useCurrentFrame, useVideoConfig } from 'remotion';
import { theme } from '../../templates/theme.ts';

/** Frames at 30 a second. */
export const beat = {
  /** Between neighbours that appear one after another. */
  step: 3,
  /** One thing coming to rest. */
  calm: 24,
  /** A figure or a chart, meant to be watched. */
  slow: 44,
  /** Making room for the next scene. */
  leave: 9,
} as const;

const [x1, y1, x2, y2] = theme.motion.ease;
const settle = Easing.bezier(x1, y1, x2, y2);
const clamped = { extrapolateLeft: 'clamp', extrapolateRight: 'clamp' } as const;

/** 0 to 1: quick to start, long to settle. */
export function useProgress(from: number, duration: number = beat.calm): number {
  return interpolate(useCurrentFrame(), [from, from + duration], [0, 1], { ...clamped, easing: settle });
}

/** Comes up into its place. */
export function useRise(from: number, distance = 28): CSSProperties {
  const frame = useCurrentFrame();
  const way = useProgress(from);
  return {
    opacity: interpolate(frame, [from, from + beat.calm / 2], [0, 1], clamped),
    transform: `translateY(${round((1 - way) * distance)}px)`,
  };
}

/** Lifts off at the end of the scene, quicker than anything came. */
export function useLeave(): Pick<CSSProperties, 'opacity'> {
  const frame = useCurrentFrame();
  const { durationInFrames } = useVideoConfig();
  const opacity = interpolate(frame, [durationInFrames - beat.leave, durationInFrames - 1], [1, 0], {
    ...clamped,
    easing: Easing.in(Easing.quad),
  });
  return { opacity };
}

/** Hundredths of a pixel are enough, and frames at rest become equal to the letter. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
