import type { Lint } from './lint.ts';
import { hitAt, tagsOf } from './source.ts';

const pictures = new Set(['img', 'mj-image', 'mj-carousel-image', 'area']);

export const missingAlt: Lint = {
  name: 'missing-alt',
  level: 'fault',
  looksFor: 'a picture without `alt` (`img`, `mj-image`, `mj-carousel-image`, `area`)',
  why: 'most mailboxes hide pictures at first, and some readers never see them',
  how: 'write alt="what it shows", or alt="" for mere decoration',
  *find({ markup }) {
    for (const source of markup) {
      for (const tag of tagsOf(source.document.children))
        if (pictures.has(tag.name) && tag.attribs.alt === undefined)
          yield hitAt(source, tag, `<${tag.name}> has no alt text`);
    }
  },
};
