import type { CSSProperties, ReactNode } from 'react';
import { theme } from '../../templates/theme.ts';

const { card, line } = theme.colors.light;
const border = 2;
/** From this height on a card has room for type that a phone held in one hand shows well. */
export const tallRow = 200;

interface Props {
  readonly width: number;
  readonly height: number;
  readonly padding: number;
  /** How it comes, and how what is in it stands. */
  readonly style: CSSProperties;
  readonly children: ReactNode;
}

export function Card({ width, height, padding, style, children }: Props) {
  return (
    <div
      style={{
        width,
        height,
        padding,
        display: 'flex',
        backgroundColor: card,
        border: `${border}px solid ${line}`,
        borderRadius: theme.radius.large,
        ...style,
      }}
    >
      {children}
    </div>
  );
}

/** Width inside of a card's padding and border. */
export function insideCard(width: number, padding: number): number {
  return width - 2 * (padding + border);
}
