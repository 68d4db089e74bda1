import type { MergedLint } from './lint.ts';

export const longestSubject = 78;

export const subjectLength: MergedLint = {
  name: 'subject-length',
  level: 'warning',
  looksFor: `a sample whose subject is empty or has more than ${longestSubject} characters`,
  why: 'mailboxes cut it off, phones at about 40',
  how: 'put the reason to open it first and leave the rest to the preheader',
  *measure(samples) {
    for (const { name, subject, variants = [] } of samples)
      for (const [file, text] of [
        ['subject.hbs', subject] as const,
        ...variants.map((it) => [`subject.${it.name}.hbs`, it.subject] as const),
      ]) {
        const { length } = [...text];
        if (length === 0) yield { file, line: 1, what: `the subject is empty for ${name}` };
        if (length > longestSubject)
          yield { file, line: 1, what: `the subject has ${length} characters for ${name}` };
      }
  },
};
