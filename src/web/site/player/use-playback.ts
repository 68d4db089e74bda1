import type { PlayerRef } from '@remotion/player';
import { type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import type { Reporter } from '../page/reporter.ts';
import type { Deck } from './use-director.ts';

export interface Playback {
  readonly frame: number;
  readonly playing: boolean;
  readonly ended: boolean;
}

interface Listeners {
  readonly onFrame: (frame: number) => void;
  readonly onEnded: () => void;
}

/** Frames on either side of the place that was sought by which the player may be said to be there. */
const nearby = 30;

/** Follows the player, and tells the reporter what was really watched. */
export function usePlayback(
  player: RefObject<PlayerRef | null>,
  reporter: Reporter,
  listeners: Listeners,
): Playback & { readonly deck: Deck; readonly where: { readonly current: number } } {
  const [playback, setPlayback] = useState<Playback>({ frame: 0, playing: false, ended: false });
  // Keys may come faster than frames are drawn; each counts from where the one before it led, and a frame that
  // was on its way before that says nothing of where we are.
  const where = useRef(0);
  const sought = useRef<number | null>(null);
  const told = useRef(listeners);
  told.current = listeners;

  const deck = useMemo<Deck>(
    () => ({
      seek(frame) {
        where.current = frame;
        sought.current = frame;
        player.current?.seekTo(frame);
      },
      play: () => player.current?.play(),
      pause: () => player.current?.pause(),
    }),
    [player],
  );

  useEffect(() => {
    const it = player.current;
    if (!it) return;
    const on = new AbortController();
    const listen: typeof it.addEventListener = (name, listener) => {
      it.addEventListener(name, listener);
      on.signal.addEventListener('abort', () => it.removeEventListener(name, listener));
    };
    listen('play', () => {
      reporter.started();
      setPlayback((was) => ({ ...was, playing: true, ended: false }));
    });
    listen('pause', () => setPlayback((was) => ({ ...was, playing: false })));
    listen('ended', () => {
      reporter.flush();
      setPlayback((was) => ({ ...was, playing: false, ended: true }));
      told.current.onEnded();
    });
    listen('seeked', () => setPlayback((was) => ({ ...was, ended: false })));
    listen('frameupdate', ({ detail: { frame } }) => {
      if (sought.current !== null && Math.abs(frame - sought.current) > nearby) return;
      sought.current = null;
      where.current = frame;
      if (it.isPlaying()) {
        reporter.at(frame);
        told.current.onFrame(frame);
      }
      setPlayback((was) => ({ ...was, frame }));
    });
    return () => on.abort();
  }, [player, reporter]);
  return { ...playback, deck, where };
}
