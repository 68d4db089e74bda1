import type { KeyboardEvent } from 'react';
import { type Chapter, indexAt } from './chapters.ts';
import { actionFor } from './keys.ts';
import { rates } from './settings.ts';

interface Keyed {
  readonly fps: number;
  readonly total: number;
  readonly chapters: readonly Chapter[];
  /** Where the last key led, though the picture may not be there yet. */
  readonly where: { readonly current: number };
  readonly rate: number;
  readonly seek: (frame: number) => void;
  readonly toggle: () => void;
  readonly captions: () => void;
  readonly sound: () => void;
  readonly voice: () => void;
  readonly setRate: (rate: number) => void;
  readonly toggleList: () => void;
  readonly fullscreen: () => void;
  readonly back: () => void;
  readonly help: () => void;
}

/** The film by keyboard, wherever in it the focus is. */
export function useKeys(it: Keyed): (event: KeyboardEvent) => void {
  return (event) => {
    const action = actionFor(event);
    if (action === null) return;
    event.preventDefault();
    const at = it.where.current;
    if (action === 'toggle') it.toggle();
    else if (action === 'captions') it.captions();
    else if (action === 'sound') it.sound();
    else if (action === 'voice') it.voice();
    else if (action === 'chapters') it.toggleList();
    else if (action === 'fullscreen') it.fullscreen();
    else if (action === 'back') it.back();
    else if (action === 'help') it.help();
    else if ('seconds' in action) it.seek(at + action.seconds * it.fps);
    else if ('chapters' in action)
      it.seek(it.chapters[indexAt(it.chapters, at) + action.chapters]?.start ?? at);
    else if ('faster' in action) it.setRate(rates[indexOf(it.rate) + action.faster] ?? it.rate);
    else it.seek(action.share * (it.total - 1));
  };
}

function indexOf(rate: number): number {
  return (rates as readonly number[]).indexOf(rate);
}
