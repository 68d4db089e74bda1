import type { Storyboard } from '../../../merge/snapshot.ts';
import type { Answers } from '../player/adapt-storyboard.ts';
import { readPage } from './read-page.ts';
import { type Words, wordsFor } from './words.ts';

/** What the page leaves for its browser code in `<script type="application/json" id="dearly-page">`. */
export interface PageData {
  readonly storyboard: Storyboard;
  readonly posterUrl: string;
  /** Where the film's links lead, by the name of their target. */
  readonly links: Readonly<Record<string, string>>;
  readonly videoUrl: string;
  readonly captionsUrl: string;
  readonly answerUrl: string;
  /** Whether this person agreed to be counted. */
  readonly tracking: boolean;
  /** What was answered before, as a browser would post it: by form, then by field. */
  readonly answers: Answers;
  readonly words: Words;
}

/** Null when the page has no film to show; then what it holds already stays. Our own server writes it, so its parts are trusted once it is there. */
export function readPageData(): PageData | null {
  const data = readPage() as Omit<PageData, 'words'> & { readonly words?: Partial<Words> };
  if (!Array.isArray(data.storyboard?.scenes) || data.storyboard.scenes.length === 0) return null;
  return {
    storyboard: data.storyboard,
    posterUrl: data.posterUrl,
    links: data.links ?? {},
    videoUrl: data.videoUrl,
    captionsUrl: data.captionsUrl,
    answerUrl: data.answerUrl,
    tracking: data.tracking === true,
    answers: data.answers ?? {},
    words: wordsFor(data.storyboard.lang, data.words),
  };
}
