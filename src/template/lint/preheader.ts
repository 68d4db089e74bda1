import type { Lint, MergedLint } from './lint.ts';

export const preheader: Lint = {
  name: 'preheader',
  level: 'warning',
  looksFor: 'an email without `preheader.hbs`, or one that does not show it in `<mj-preview>`',
  why: 'mailboxes show a line after the subject; without one they take the first words they find',
  how: 'write the line into preheader.hbs and <mj-preview>{{preheader}}</mj-preview> into <mj-head>',
  *find({ files, email }) {
    if (email === null) return;
    if (files['preheader.hbs'] === undefined)
      yield { file: 'email.mjml', line: 1, what: 'there is no preheader.hbs' };
    else if (!/<mj-preview\b[^>]*>[^<]*\S/.test(email.text))
      yield { file: 'email.mjml', line: 1, what: 'the preheader is not shown in <mj-preview>' };
  },
};

/** Apple Mail shows the most, about as much in two lines. */
export const longestPreheader = 140;

export const preheaderLength: MergedLint = {
  name: 'preheader-length',
  level: 'warning',
  looksFor: `a sample whose preheader is empty or has more than ${longestPreheader} characters`,
  why: 'the rest is cut off, wherever that falls',
  how: 'say the one thing that makes the reader open it',
  *measure(samples) {
    for (const { name, preheader, variants = [] } of samples)
      for (const [file, text] of [
        ['preheader.hbs', preheader] as const,
        ...variants.map((it) => [`preheader.${it.name}.hbs`, it.preheader] as const),
      ]) {
        if (text === null) continue;
        const { length } = [...text];
        if (length === 0) yield { file, line: 1, what: `the preheader is empty for ${name}` };
        if (length > longestPreheader)
          yield { file, line: 1, what: `the preheader has ${length} characters for ${name}` };
      }
  },
};
