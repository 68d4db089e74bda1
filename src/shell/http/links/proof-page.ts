import type { Page } from './page.ts';
import { wordsFor } from './page-words.ts';

const words: Readonly<Record<string, { readonly title: string; readonly text: string }>> = {
  de: {
    title: 'Das ist eine Probe',
    text: 'Hinter diesem Link geschieht nichts: Eine Probe zählt nicht und ändert nichts. In der echten Nachricht führt er weiter.',
  },
  en: {
    title: 'This is a proof',
    text: 'Nothing happens behind this link: a proof is not counted and changes nothing. In the real message it leads on.',
  },
  it: {
    title: 'Questa è una prova',
    text: 'Dietro questo link non succede nulla: una prova non conta e non cambia niente. Nel messaggio vero porta oltre.',
  },
};

/** What a proof's links say where they would do something. @param language BCP 47, or an Accept-Language header */
export function proofPage(language: string | undefined): Page {
  const { lang } = wordsFor(language);
  const { title, text } = words[lang] ?? words.en ?? { title: '', text: '' };
  return { lang, title, text };
}
