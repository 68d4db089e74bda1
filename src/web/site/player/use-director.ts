import { useCallback, useRef, useState } from 'react';
import { type Direction, direct, type Film, type Moment, opening } from './direct.ts';

/** What shows the film, as far as a director needs it. */
export interface Deck {
  seek(frame: number): void;
  play(): void;
  pause(): void;
}

export interface Director {
  readonly state: Direction;
  readonly tell: (moment: Moment) => void;
  /** Had the focus when what lies open was opened. */
  readonly opener: { current: Element | null };
}

/** Carries out what `direct` decides. Moments come faster than React draws; each counts from where the one before led. */
export function useDirector(deck: Deck, film: Film): Director {
  const [state, setState] = useState(opening);
  const now = useRef(opening);
  const opener = useRef<Element | null>(null);
  const parts = useRef({ deck, film });
  parts.current = { deck, film };
  const tell = useCallback((moment: Moment) => {
    const { deck, film } = parts.current;
    const { state: next, seek, play } = direct(now.current, moment, film);
    if (next.open !== null && now.current.open === null) opener.current = document.activeElement;
    now.current = next;
    setState(next);
    if (play === false) deck.pause();
    if (seek !== undefined) deck.seek(seek);
    if (play === true) deck.play();
  }, []);
  return { state, tell, opener };
}
