import type { CSSProperties, ReactNode } from 'react';
import { AbsoluteFill, useVideoConfig } from 'remotion';
import { theme } from '../../templates/theme.ts';
import { Aurora } from './aurora.tsx';
import { useLeave } from './motion.ts';

export type Shape = 'wide' | 'square' | 'tall';

/** Width of each shape in design pixels. A phone shows square and tall films small, so they are designed narrower. */
const designWidth: Readonly<Record<Shape, number>> = { wide: 1280, square: 760, tall: 600 };

export interface Sheet {
  readonly shape: Shape;
  /** Design pixels, as all lengths in scenes are. */
  readonly width: number;
  readonly height: number;
  readonly margin: number;
  /** Width between the margins. */
  readonly measure: number;
}

/** The scene's paper: one design for every format; the canvas scales it to the frame. */
export function useSheet(): Sheet & { readonly scale: number } {
  const { width, height } = useVideoConfig();
  const shape: Shape = width > height * 1.2 ? 'wide' : height > width * 1.2 ? 'tall' : 'square';
  const scale = width / designWidth[shape];
  const margin = shape === 'wide' ? 88 : shape === 'square' ? 60 : 52;
  return {
    shape,
    scale,
    margin,
    width: width / scale,
    height: height / scale,
    measure: width / scale - 2 * margin,
  };
}

interface Props {
  readonly ground: 'paper' | 'night';
  readonly children: ReactNode;
  /** The last scene stands to the end; the others make room for the next. */
  readonly stays?: boolean;
}

/** The ground a scene stands on. Neighbours share it, so that a cut shows in the content alone. */
export function Canvas({ ground, children, stays = false }: Props) {
  const { scale, width, height, margin } = useSheet();
  const leave = useLeave();
  const inner: CSSProperties = {
    position: 'absolute',
    width,
    height,
    padding: margin,
    transform: `scale(${scale})`,
    transformOrigin: '0 0',
    ...(stays ? {} : leave),
  };
  return (
    <AbsoluteFill style={{ ...surface, ...(ground === 'night' ? onNight : onPaper) }}>
      {ground === 'night' && <Aurora />}
      <div style={inner}>{children}</div>
    </AbsoluteFill>
  );
}

const { light } = theme.colors;
const onPaper: CSSProperties = { backgroundColor: light.paper, color: light.ink };
const onNight: CSSProperties = { backgroundColor: light.night, color: light.onNight };
const surface: CSSProperties = {
  fontFamily: theme.font.stack,
  fontWeight: theme.font.weight.text,
  fontVariantNumeric: 'tabular-nums',
  overflow: 'hidden',
};
