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
const most = 140;

export const preheaderLength: MergedLint = {
  name: 'preheader-length',
  level: 'warning',
  looksFor: `a sample whose preheader is empty or has more than ${most} characters`,
  why: 'the rest is cut off, wherever that falls',
  how: 'say the one thing that makes the reader open it',
  *measure(samples) {
    for (const { name, preheader } of samples) {
      const { length } = [...preheader];
      if (length === 0) yield { file: 'preheader.hbs', line: 1, what: `the preheader is empty for ${name}` };
      if (length > most)
        yield { file: 'preheader.hbs', line: 1, what: `the preheader has ${length} characters for ${name}` };
    }
  },
};
