import { useMemo } from 'react';
import { type Format, formats } from '../../../author.ts';
import type { Storyboard } from '../../../merge/snapshot.ts';
import type { Film } from '../../stage/film.tsx';
import type { Chapter } from './chapters.ts';

/** What a film is told however it is shown, in motion or still. */
export function useFilmProps(
  film: Film,
  storyboard: Storyboard,
  chapters: readonly Chapter[],
  format: Format,
) {
  const inputProps = useMemo(() => ({ storyboard }), [storyboard]);
  return {
    component: film,
    inputProps,
    durationInFrames: chapters.at(-1)?.end ?? 1,
    compositionWidth: formats[format].width,
    compositionHeight: formats[format].height,
    fps: storyboard.fps,
    logLevel: 'error',
    style: { width: '100%', height: '100%' },
  } as const;
}
