/** The words around two numbers, "Page … of …". */
export type PageCount = (page: string, pages: string) => string;

/** Stand for the numbers, which only the browser knows. */
const page = '\ue000';
const pages = '\ue001';

/** At the foot of each sheet: what it belongs to, and which one it is. Drawn in the margin, so no reader's program reads it as text. */
export function footerCss(title: string, count: PageCount): string {
  return `@page { @bottom-left { content: ${text(title)} } @bottom-right { content: ${counted(count(page, pages))} } }`;
}

function counted(words: string): string {
  return words
    .split(/([\ue000\ue001])/)
    .filter(Boolean)
    .map((it) => (it === page ? 'counter(page)' : it === pages ? 'counter(pages)' : text(it)))
    .join(' ');
}

/** A CSS string that ends where we say: whatever is no plain sign is written by its number. */
function text(words: string): string {
  return `"${words.replace(/["\\<\p{Cc}\u2028\u2029]/gu, (sign) => `\\${sign.codePointAt(0)?.toString(16)} `)}"`;
}
