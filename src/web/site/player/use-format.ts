import { type RefObject, useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import type { Format } from '../../../template/composition.ts';
import { filmFormat, phoneUpright, screenUpright } from './film-format.ts';

/** The film's shape for the room it has: upright on a phone that is, the whole screen's own shape in full screen. */
export function useFormat(house: RefObject<HTMLElement | null>, formats: readonly Format[] | undefined) {
  const [fullscreen, setFullscreen] = useState(false);
  const isPhone = useMedia(phoneUpright);
  const isUpright = useMedia(screenUpright);

  useEffect(() => {
    const onChange = () => setFullscreen(document.fullscreenElement === house.current);
    document.addEventListener('fullscreenchange', onChange);
    return () => document.removeEventListener('fullscreenchange', onChange);
  }, [house]);

  const toggleFullscreen = useCallback(() => {
    // Phones that give full screen to real videos only refuse; the page stays as it is.
    if (document.fullscreenElement) document.exitFullscreen().catch(() => {});
    else house.current?.requestFullscreen?.().catch(() => {});
  }, [house]);

  const format = filmFormat(formats, fullscreen ? isUpright : isPhone);
  return { format, fullscreen, toggleFullscreen };
}

export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (onChange: () => void) => {
      const list = matchMedia(query);
      list.addEventListener('change', onChange);
      return () => list.removeEventListener('change', onChange);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches);
}
