import type { ReactNode } from 'react';
import { Canvas, useSheet } from './canvas.tsx';
import { useRise } from './motion.ts';
import { Fitted } from './text.tsx';

export interface CardPlace {
  readonly width: number;
  readonly height: number;
}

interface Props<T> {
  readonly title: string;
  readonly cards: readonly T[];
  /** Of a card where they stand one below the other. */
  readonly tallest: number;
  readonly day?: 'breaks' | 'ends';
  readonly children: (card: T, place: CardPlace, index: number) => ReactNode;
}

/** A scene of cards under a title: side by side on a wide film, one below the other on the others. */
export function CardRow<T>({ title, cards, tallest, day, children }: Props<T>) {
  const { shape, measure, room } = useSheet();
  const wide = shape === 'wide';
  const gap = wide ? 28 : 20;
  const head = wide ? 112 : 92;
  const inner = room - head;
  const gaps = gap * (cards.length - 1);
  const place = wide
    ? { width: (measure - gaps) / cards.length, height: inner }
    : { width: measure, height: Math.min(tallest, (inner - gaps) / cards.length) };
  const rise = useRise(0);
  return (
    <Canvas ground="paper" {...(day && { day })}>
      <div style={{ height: head }}>
        <Fitted
          size={wide ? 60 : 50}
          min={30}
          lines={1}
          weight="strong"
          width={measure}
          line={1.15}
          style={rise}
        >
          {title}
        </Fitted>
      </div>
      <div style={{ display: 'flex', flexDirection: wide ? 'row' : 'column', gap }}>
        {cards.map((card, index) => children(card, place, index))}
      </div>
    </Canvas>
  );
}
