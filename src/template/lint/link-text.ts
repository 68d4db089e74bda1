import type { Element } from 'domhandler';
import type { Lint } from './lint.ts';
import { hitAt, tagsOf, wordsOf } from './source.ts';

const links = new Set(['a', 'mj-button', 'mj-image', 'mj-navbar-link', 'mj-social-element', 'area']);

export const linkText: Lint = {
  name: 'link-text',
  level: 'fault',
  looksFor: 'a link or button that says nothing: no text, and no picture with alt text in it',
  why: 'a screen reader can only say "link", and nobody knows where it leads',
  how: 'write text into it, or alt text for the picture it holds',
  *find({ markup }) {
    for (const source of markup) {
      for (const tag of tagsOf(source.document.children))
        if (links.has(tag.name) && leadsSomewhere(tag) && wordsOf(tag) === '')
          yield hitAt(source, tag, `<${tag.name}> is a link without text`);
    }
  },
};

/** A picture without alt is missing-alt's; here it is one that was called decoration and yet is a link. */
function leadsSomewhere({ name, attribs }: Element): boolean {
  if (name === 'mj-image' && attribs.alt === undefined) return false;
  return attribs.href !== undefined || name === 'mj-button';
}
