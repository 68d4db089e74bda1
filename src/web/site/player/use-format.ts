import { type RefObject, useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import type { Format } from '../../../template/composition.ts';

/** The same line as in player.css. */
const narrow = '(max-width: 600px)';
const upright = '(max-aspect-ratio: 4/5)';

/** The film's shape for the room it has: square on a phone, the whole screen's own shape in full screen. */
export function useFormat(house: RefObject<HTMLElement | null>) {
  const [fullscreen, setFullscreen] = useState(false);
  const isNarrow = useMedia(narrow);
  const isUpright = useMedia(upright);

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

  const format: Format = fullscreen ? (isUpright ? '9:16' : '16:9') : isNarrow ? '1:1' : '16:9';
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
