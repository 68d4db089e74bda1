import type { Film } from '../../stage/film.tsx';
import type { PageData } from '../page/page-data.ts';
import type { createReporter } from '../page/reporter.ts';
import type { chaptersOf } from './chapters.ts';

/** What either way of showing the film, moving or still, is given. */
export interface ViewProps {
  readonly film: Film;
  readonly data: PageData;
  readonly chapters: ReturnType<typeof chaptersOf>;
  readonly reporter: ReturnType<typeof createReporter>;
  readonly onReady: (stage: Stage) => void;
}

/** What it tells back once it stands. */
export interface Stage {
  play(): void;
  /** Goes to a chapter; plays on from there unless the visitor wants no motion. */
  show(chapter: number): void;
}
