import type { PlayerRef } from '@remotion/player';
import { type RefObject, useEffect, useState } from 'react';
import type { Reporter } from '../page/reporter.ts';

export interface Playback {
  readonly frame: number;
  readonly playing: boolean;
  readonly ended: boolean;
}

/** Follows the player, and tells the reporter what was really watched. */
export function usePlayback(player: RefObject<PlayerRef | null>, reporter: Reporter): Playback {
  const [playback, setPlayback] = useState<Playback>({ frame: 0, playing: false, ended: false });
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
    });
    listen('seeked', () => setPlayback((was) => ({ ...was, ended: false })));
    listen('frameupdate', ({ detail: { frame } }) => {
      if (it.isPlaying()) reporter.at(frame);
      setPlayback((was) => ({ ...was, frame }));
    });
    return () => on.abort();
  }, [player, reporter]);
  return playback;
}
