import type { Lint } from './lint.ts';
import { hitAt, tagsOf, writtenAttribute } from './source.ts';

export const language: Lint = {
  name: 'language',
  level: 'fault',
  looksFor: 'an email whose `<mjml>` has no `lang`, or one that does not follow the reader',
  why: 'a screen reader would read it in the wrong voice',
  how: 'write <mjml lang="{{lang}}" dir="{{dir}}">',
  *find({ email, words }) {
    const root = email && [...tagsOf(email.document.children)].find(({ name }) => name === 'mjml');
    if (email === null || !root) return;
    const lang = writtenAttribute(email, root, 'lang');
    if (lang === '') yield hitAt(email, root, '<mjml> has no lang');
    else if (!lang.includes('{{') && words.languages.some((one) => one !== lang))
      yield hitAt(email, root, `lang="${lang}" stays, though the pack speaks ${words.languages.join(', ')}`);
  },
};
