import type { Scheme } from './state.ts';

const asked = /\(\s*prefers-color-scheme\s*:\s*(light|dark)\s*\)/gi;
const always = '(min-width: 0)';
const never = '(max-width: 0)';

/**
 * The document as a reader with this colour scheme sees it, on a machine with any other. A page cannot set what
 * `prefers-color-scheme` says in a frame, so the question is replaced by its answer, and `color-scheme` is pinned for
 * what the browser itself paints (canvas, scroll bars, form controls).
 */
export function emulateScheme(html: string, scheme: Scheme, nonce?: string): string {
  const answered = html
    .replace(asked, (_, asks: string) => (asks.toLowerCase() === scheme ? always : never))
    .replace(/(<meta name="(?:supported-)?color-schemes?" content=")[^"]*"/gi, `$1${scheme}"`);
  // A scroll bar would take its width from the phone.
  const pinned = `:root{color-scheme:only ${scheme}!important;scrollbar-width:none}`;
  return answered.replace(
    /<\/head>/i,
    `<style${nonce === undefined ? '' : ` nonce="${nonce}"`}>${pinned}</style>$&`,
  );
}
