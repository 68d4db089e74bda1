import type { Lint } from './lint.ts';
import { tagsOf, writtenAttribute } from './source.ts';

const isWayOut = (address: string) => /\blinks\.unsubscribe\b/.test(address);

export const unsubscribeLink: Lint = {
  name: 'unsubscribe-link',
  level: 'fault',
  looksFor: 'an email in which nothing links to `links.unsubscribe`; service mail is no exception',
  why: 'who finds no way out presses "spam", and mailboxes ask for one',
  how: 'write <a href="{{links.unsubscribe}}">…</a> into the footer; a service mail may word it as settings',
  *find({ email }) {
    if (email === null) return;
    const hrefs = [...tagsOf(email.document.children)].map((tag) => writtenAttribute(email, tag, 'href'));
    if (!hrefs.some(isWayOut))
      yield { file: 'email.mjml', line: 1, what: 'the email has no unsubscribe link' };
  },
};

export const unsubscribeText: Lint = {
  name: 'unsubscribe-text',
  level: 'warning',
  looksFor: 'a text part without `links.unsubscribe`',
  why: 'those who read plain text need the way out, too',
  how: 'write {{links.unsubscribe}} below the text',
  *find({ sources }) {
    const text = sources.find(({ file }) => file === 'text.hbs');
    if (text !== undefined && !isWayOut(text.text))
      yield { file: text.file, line: 1, what: 'the text part has no unsubscribe link' };
  },
};
