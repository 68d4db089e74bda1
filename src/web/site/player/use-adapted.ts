import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { PageData } from '../page/page-data.ts';
import { adaptStoryboard } from './adapt-storyboard.ts';
import type { AnswerBook } from './answers.ts';
import { chaptersOf } from './chapters.ts';
import type { Film } from './direct.ts';
import { findForm } from './page-form.ts';

/** The film as it follows what was answered, in it or on the page, and what it still asks. */
export function useAdapted({ storyboard: told, links }: PageData, book: AnswerBook) {
  const answers = useSyncExternalStore(book.subscribe, book.all);
  const storyboard = useMemo(() => adaptStoryboard(told, answers), [told, answers]);
  const film = useMemo<Film>(
    () => ({
      chapters: chaptersOf(storyboard),
      offers: (it) => {
        if ('form' in it) return !Object.hasOwn(answers, it.form) && findForm(it.form) !== null;
        // A variant may have left its scene out.
        if (it.kind === 'branch') return storyboard.scenes.some(({ id }) => id === it.scene);
        return it.kind !== 'link' || Object.hasOwn(links, it.target);
      },
    }),
    [storyboard, answers, links],
  );
  return { storyboard, film, answers };
}

/** Calls with the name of each form that is answered from now on. */
export function useAnswered(book: AnswerBook, onAnswered: (form: string) => void): void {
  useEffect(() => book.subscribe(({ form }) => onAnswered(form)), [book, onAnswered]);
}
