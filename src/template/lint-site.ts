/** What the page's Content-Security-Policy would stop without a word, so it is said here. */
const forbidden: readonly (readonly [RegExp, string])[] = [
  [/<script\b/gi, '<script> does not run here; the page brings its own'],
  [/<style\b/gi, '<style> does not apply here; write the rules into site.css'],
  [/\sstyle\s*=/gi, 'style="…" does not apply here; use a class of site.css'],
  [/\son[a-z]+\s*=/gi, 'on…="…" does not run here'],
  [/<(iframe|object|embed|base|meta|link)\b/gi, 'the page may not load this'],
];

/** @returns one line per fault: `site.hbs:12: …` */
export function lintSite(source: string): readonly string[] {
  return forbidden.flatMap(([pattern, problem]) =>
    [...source.matchAll(pattern)].map(({ index }) => {
      const line = source.slice(0, index).split('\n').length;
      return `site.hbs:${line}: ${problem}`;
    }),
  );
}
