import type { Page } from './page.ts';
import { wordsFor } from './page-words.ts';

/** The page for a status, in the language of a snapshot or of an Accept-Language header. */
export function failurePage(status: number, language: string | undefined): Page {
  const { lang, words } = wordsFor(language);
  return { lang, ...words[sayingOf(status)] };
}

function sayingOf(status: number): 'missing' | 'over' | 'busy' | 'invalid' | 'broken' {
  if (status === 404) return 'missing';
  if (status === 410) return 'over';
  if (status === 429) return 'busy';
  return status < 500 ? 'invalid' : 'broken';
}
