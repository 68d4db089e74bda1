import type { CSSProperties, ReactNode } from 'react';
import { useSheet } from '../../kit/canvas.tsx';
import { Fitted } from '../../kit/text.tsx';

/** Design pixels of the chart, its month names included. */
export interface ChartSize {
  readonly width: number;
  readonly height: number;
}

interface Props {
  readonly title: string;
  readonly titleStyle: CSSProperties;
  /** What is told beside the chart, in this width. */
  readonly words: (width: number) => ReactNode;
  readonly chart: (size: ChartSize) => ReactNode;
}

/** Twelve months beside (wide) or below their words. The chart stands on one place in every scene that has it. */
export function YearSheet({ title, titleStyle, words, chart }: Props) {
  const { shape, measure, room: inner, margin, foot } = useSheet();
  const wide = shape === 'wide';
  const column = wide ? 404 : measure;
  const size = wide
    ? { width: measure - column - 56, height: inner }
    : { width: measure, height: shape === 'tall' ? 520 : 336 };
  return (
    <>
      <div
        style={{
          display: 'flex',
          flexDirection: 'column',
          justifyContent: wide ? 'center' : 'flex-start',
          gap: wide ? 20 : shape === 'tall' ? 20 : 6,
          width: column,
          height: wide ? inner : inner - size.height,
        }}
      >
        <Fitted
          size={wide ? 44 : 40}
          min={24}
          lines={wide ? 3 : 2}
          width={column}
          weight="strong"
          line={1.15}
          style={titleStyle}
        >
          {title}
        </Fitted>
        {words(column)}
      </div>
      <div style={{ position: 'absolute', right: margin, bottom: foot, ...size }}>{chart(size)}</div>
    </>
  );
}
