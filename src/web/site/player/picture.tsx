import type { ReactNode } from 'react';
import { type Format, formats } from '../../../author.ts';

interface Props {
  readonly format: Format;
  readonly label: string;
  /** Takes all the room there is instead of its format's shape. */
  readonly fills?: boolean;
  readonly children: ReactNode;
}

/** To a screen reader the film is one picture; its words stand in the transcript, in order and at rest. */
export function Picture({ format, label, fills = false, children }: Props) {
  const { width, height } = formats[format];
  return (
    <div
      className="dv-picture"
      role="img"
      aria-label={label}
      style={fills ? { aspectRatio: 'auto' } : { aspectRatio: `${width} / ${height}` }}
    >
      {children}
    </div>
  );
}
