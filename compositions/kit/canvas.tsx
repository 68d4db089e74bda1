import type { CSSProperties, ReactNode } from 'react';
import { AbsoluteFill, useVideoConfig } from 'remotion';
import { theme } from '../../templates/theme.ts';
import { Aurora, type Light } from './aurora.tsx';
import { round, useLeave, useTravel } from './motion.ts';

export type Shape = 'wide' | 'square' | 'tall';

/** Width of each shape in design pixels. A phone shows square and tall films small, so they are designed narrower. */
const designWidth: Readonly<Record<Shape, number>> = { wide: 1280, square: 760, tall: 600 };

export interface Sheet {
  readonly shape: Shape;
  /** Design pixels, as all lengths in scenes are. */
  readonly width: number;
  readonly height: number;
  readonly margin: number;
  /** What stays free at the lower edge: the page has its buttons there, and a thumb needs more of a small film. */
  readonly foot: number;
  /** Width between the margins, and height above the foot. */
  readonly measure: number;
  readonly room: number;
}

/** The scene's paper: one design for every format; the canvas scales it to the frame. */
export function useSheet(): Sheet & { readonly scale: number } {
  const { width, height } = useVideoConfig();
  const shape: Shape = width > height * 1.2 ? 'wide' : height > width * 1.2 ? 'tall' : 'square';
  const scale = width / designWidth[shape];
  const margin = shape === 'wide' ? 88 : shape === 'square' ? 60 : 52;
  const foot = shape === 'wide' ? margin : shape === 'square' ? 104 : 94;
  return {
    shape,
    scale,
    margin,
    foot,
    width: width / scale,
    height: height / scale,
    measure: width / scale - 2 * margin,
    room: height / scale - margin - foot,
  };
}

interface Props {
  readonly ground: 'paper' | 'night';
  readonly children: ReactNode;
  /** Of the night's sky. */
  readonly light?: Light;
  /** `breaks`: the paper comes up over the night at the start. `ends`: it goes down at the end. */
  readonly day?: 'breaks' | 'ends';
  /** The content stands to the end, because the scene is the last or part of it goes on in the next. */
  readonly stays?: boolean;
}

/** The ground a scene stands on. Neighbours share it, so that a cut shows in the content alone. */
export function Canvas({ ground, children, light = 'rests', day, stays = false }: Props) {
  const { scale, width, height, margin, foot } = useSheet();
  const { durationInFrames } = useVideoConfig();
  // Before the day ends its words are gone: they do not stand in the dark.
  const leave = useLeave(durationInFrames - 1 - (day === 'ends' ? turn - 4 : 0));
  const content: CSSProperties = {
    position: 'absolute',
    width,
    height,
    padding: margin,
    paddingBottom: foot,
    transform: `scale(${scale})`,
    transformOrigin: '0 0',
    ...(stays ? {} : leave),
  };
  return (
    <AbsoluteFill style={{ ...surface, ...(ground === 'night' ? onNight : onPaper) }}>
      {ground === 'night' && <Aurora light={light} />}
      {day && <Night />}
      {day && <Paper day={day} />}
      <div style={content}>{children}</div>
    </AbsoluteFill>
  );
}

function Night() {
  return (
    <AbsoluteFill style={onNight}>
      <Aurora light="rests" />
    </AbsoluteFill>
  );
}

/** Rises and sinks like a morning: its upper edge is the curve of a horizon. */
function Paper({ day }: { readonly day: 'breaks' | 'ends' }) {
  const { durationInFrames } = useVideoConfig();
  const way = useTravel(day === 'breaks' ? 0 : durationInFrames - 1 - turn, turn);
  const below = day === 'breaks' ? 1 - way : way;
  return (
    <div
      style={{
        position: 'absolute',
        insetInline: '-20%',
        top: '-30%',
        height: '160%',
        borderRadius: '50% 50% 0 0 / 16% 16% 0 0',
        backgroundColor: light.paper,
        transform: `translateY(${round(below * 82)}%)`,
      }}
    />
  );
}

/** Frames from night to day. */
const turn = 20;
const { light } = theme.colors;
const onPaper: CSSProperties = { backgroundColor: light.paper, color: light.ink };
const onNight: CSSProperties = { backgroundColor: light.night, color: light.onNight };
const surface: CSSProperties = {
  fontFamily: theme.font.stack,
  fontWeight: theme.font.weight.text,
  fontVariantNumeric: 'tabular-nums',
  overflow: 'hidden',
};
