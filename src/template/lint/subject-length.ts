import type { MergedLint } from './lint.ts';

const most = 78;

export const subjectLength: MergedLint = {
  name: 'subject-length',
  level: 'warning',
  looksFor: `a sample whose subject is empty or has more than ${most} characters`,
  why: 'mailboxes cut it off, phones at about 40',
  how: 'put the reason to open it first and leave the rest to the preheader',
  *measure(samples) {
    for (const { name, subject } of samples) {
      const { length } = [...subject];
      if (length === 0) yield { file: 'subject.hbs', line: 1, what: `the subject is empty for ${name}` };
      if (length > most)
        yield { file: 'subject.hbs', line: 1, what: `the subject has ${length} characters for ${name}` };
    }
  },
};
