import { posix } from 'node:path';
import { isPlainTemplate } from '../pack-templates.ts';
import type { Hit } from './finding.ts';
import type { Lint } from './lint.ts';

export const unreadFile: Lint = {
  name: 'unread-file',
  level: 'warning',
  looksFor:
    'a template that nothing reads, such as `emial.mjml`: neither a part of the pack by its name, nor included',
  why: 'its author takes it for a part of the message',
  how: 'call it email.mjml, text.hbs, site.hbs, subject.hbs or preheader.hbs, include it, or take it out',
  *find({ files }): Generator<Hit> {
    const texts = Object.entries(files).filter(([path]) => /\.(mjml|html)$/.test(path));
    for (const path of Object.keys(files)) {
      const name = posix.basename(path);
      const isKnown =
        path === 'email.mjml' || isPlainTemplate(path) || /^(subject|preheader|theme)\./.test(path);
      const isIncluded = texts.some(([other, text]) => other !== path && text.includes(name));
      if (/\.(hbs|mjml)$/.test(path) && !isKnown && !isIncluded)
        yield { file: path, line: 1, what: 'nothing reads this file' };
    }
  },
};
