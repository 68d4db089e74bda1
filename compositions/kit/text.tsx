import { type CSSProperties, type ReactNode, useMemo } from 'react';
import { theme } from '../../templates/theme.ts';
import { fitSize } from './fit-size.ts';

interface Props {
  readonly children: string;
  /** Design pixels. */
  readonly size: number;
  readonly weight?: keyof typeof theme.font.weight;
  readonly color?: string;
  /** Line height in em. */
  readonly line?: number;
  readonly style?: CSSProperties;
  /** Draws the text in another way, for example as a figure that rolls; by default as it is. */
  readonly show?: (text: string) => ReactNode;
}

const usualLine = 1.35;

/** A text as long as it likes; it wraps. Each takes its direction from its own first strong letter. */
export function Text({ children, size, weight = 'text', color, line = usualLine, style, show }: Props) {
  return (
    <div
      dir="auto"
      style={{
        // A column that is too short must not squeeze a line away.
        flexShrink: 0,
        fontSize: size,
        lineHeight: line,
        fontWeight: theme.font.weight[weight],
        letterSpacing: `${trackingAt(size)}em`,
        overflowWrap: 'anywhere',
        textWrap: 'balance',
        textAlign: 'start',
        ...(color && { color }),
        ...style,
      }}
    >
      {show ? show(children) : children}
    </div>
  );
}

interface FittedProps extends Props {
  readonly width: number;
  readonly lines: number;
  /** Of all lines together; where it is given, more lines may be had in smaller type. */
  readonly height?: number;
  readonly min: number;
}

/** A text with a place to keep to: it shrinks until it fits its lines, and breaks a word that is wider than its place. */
export function Fitted({
  width,
  lines,
  height,
  min,
  size: largest,
  weight = 'text',
  style,
  ...rest
}: FittedProps) {
  const { children: text, line = usualLine } = rest;
  const size = useMemo(() => {
    const face = { family: theme.font.stack, weight: theme.font.weight[weight], trackingAt };
    return fitSize({ ...face, text, width, lines, line, size: largest, min, ...(height && { height }) });
  }, [text, width, lines, line, height, largest, min, weight]);
  return (
    <Text
      {...rest}
      size={size}
      weight={weight}
      style={{
        maxWidth: width,
        textWrap: 'balance',
        display: '-webkit-box',
        WebkitBoxOrient: 'vertical',
        WebkitLineClamp: lines,
        overflow: 'hidden',
        // Room for accents and descenders inside the clip.
        paddingBlock: '0.08em',
        marginBlock: '-0.08em',
        ...style,
      }}
    />
  );
}

/** Large type is set tighter, along the theme's own steps. */
function trackingAt(size: number): number {
  const steps = Object.values(theme.type);
  return steps.findLast((step) => step.size <= size)?.tracking ?? 0;
}
