import type { Lint } from './lint.ts';

export const missingPart: Lint = {
  name: 'missing-part',
  level: 'fault',
  looksFor: 'an email without `subject.hbs` or `text.hbs`',
  why: 'watches, screen readers and filters read the text part, and a mail without one looks like spam',
  how: 'every email needs a subject and a text part',
  *find({ files }) {
    if (files['email.mjml'] === undefined) return;
    for (const file of ['subject.hbs', 'text.hbs'])
      if (files[file] === undefined) yield { file, line: 1, what: 'missing' };
  },
};
