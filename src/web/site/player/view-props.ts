import type { Film } from '../../stage/film.tsx';
import type { PageData } from '../page/page-data.ts';
import type { Reporter } from '../page/reporter.ts';
import type { AnswerBook } from './answers.ts';
import type { Voices } from './find-voices.ts';

/** What either way of showing the film, moving or still, is given. */
export interface ViewProps {
  readonly film: Film;
  readonly data: PageData;
  readonly book: AnswerBook;
  /** Where the music bed stands; null for a film without. */
  readonly bedUrl: string | null;
  /** What its scenes say; nobody waits for it. */
  readonly voices: Promise<Voices | null>;
  readonly reporter: Reporter;
  readonly onReady: (stage: Stage) => void;
}

/** What it tells back once it stands. */
export interface Stage {
  play(): void;
  /** Goes to a chapter; plays on from there unless the visitor wants no motion. */
  show(chapter: number): void;
}
