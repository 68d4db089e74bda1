import { de, type Words } from './words/de.ts';
import { en } from './words/en.ts';
import { it } from './words/it.ts';

/** A language that is missing here falls back to the first. */
const words = { de, en, it };

/** @param lang BCP 47, or an Accept-Language header: the first language we speak wins. */
export function wordsFor(lang: string | undefined): { readonly lang: string; readonly words: Words } {
  for (const tag of (lang ?? '').toLowerCase().split(',')) {
    const base = tag.trim().split(/[-;]/, 1)[0] ?? '';
    if (isSpoken(base)) return { lang: base, words: words[base] };
  }
  return { lang: 'de', words: words.de };
}

function isSpoken(lang: string): lang is keyof typeof words {
  return Object.hasOwn(words, lang);
}
