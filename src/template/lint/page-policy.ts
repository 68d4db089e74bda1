import { lineAt } from './finding.ts';
import type { Lint } from './lint.ts';

const forbidden: readonly (readonly [pattern: RegExp, what: string, how: string])[] = [
  [/<script\b/gi, '<script> does not run here', 'leave it out; the page brings its own'],
  [/<style\b/gi, '<style> does not apply here', 'write the rules into site.css'],
  [/\sstyle\s*=/gi, 'style="…" does not apply here', 'use a class of site.css'],
  [/\son[a-z]+\s*=/gi, 'on…="…" does not run here', 'leave it out'],
  [/<(iframe|object|embed|base|meta|link)\b/gi, 'the page may not load this', 'leave it out'],
];

export const pagePolicy: Lint = {
  name: 'page-policy',
  level: 'fault',
  looksFor: 'scripts, inline styles, handlers and frames in `site.hbs`',
  why: "the page's Content-Security-Policy would stop it without a word",
  how: 'leave it out',
  *find({ sources }) {
    const page = sources.find(({ file }) => file === 'site.hbs');
    if (page === undefined) return;
    for (const [pattern, what, how] of forbidden)
      for (const { index } of page.plain.matchAll(pattern))
        yield { file: page.file, line: lineAt(page.text, index), what, how };
  },
};
