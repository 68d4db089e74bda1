import type { Block, LineFault, Mustache } from './mjml-tree.ts';

/** A whole mustache: a comment, or anything else with its quoted strings. Where it ends never hangs on what comes after. */
export const mustachePattern =
  /\{\{~?!--(?:(?!--~?\}\})[\s\S])*--~?\}\}|\{\{~?!(?!--)(?:(?!\}\})[\s\S])*\}\}|\{\{(?!~?!)(?:"[^"]*"|'[^']*'|[^"'}]|\}(?!\}))*\}\}\}?/
    .source;

export type MustacheKind = 'open' | 'else' | 'close' | 'comment' | 'value';

export function kindOf(text: string): MustacheKind {
  const inside = text.replace(/^\{\{\{?~?\s*/, '');
  if (inside.startsWith('!')) return 'comment';
  if (inside.startsWith('#')) return 'open';
  if (inside.startsWith('/')) return 'close';
  if (/^(?:\^\s*~?\}\}|else\b)/.test(inside)) return 'else';
  // `{{^if a}}`: the block that stands where there is none.
  if (inside.startsWith('^')) return 'open';
  return 'value';
}

interface Open<Inner> {
  readonly line: number;
  readonly text: string;
  readonly branches: { readonly head: string; readonly inner: (Inner | Block<Inner>)[] }[];
}

/** Puts what stands between `{{#…}}` and `{{/…}}` into one Block, however deep. */
export function nestBlocks<Inner>(
  items: readonly (Inner | Mustache)[],
  isMustache: (item: Inner | Mustache) => item is Mustache,
  where: string,
  faults: LineFault[],
): readonly (Inner | Block<Inner>)[] {
  const top: (Inner | Block<Inner>)[] = [];
  const open: Open<Inner>[] = [];
  const into = () => open.at(-1)?.branches.at(-1)?.inner ?? top;
  for (const item of items) {
    const kind = isMustache(item) ? kindOf(item.text) : null;
    if (kind === null || !isMustache(item)) into().push(item as Inner);
    else if (kind === 'open')
      open.push({ line: item.line, text: item.text, branches: [{ head: item.text, inner: [] }] });
    else if (kind === 'else' && open.length > 0) open.at(-1)?.branches.push({ head: item.text, inner: [] });
    else if (kind === 'close' && open.length > 0) {
      const block = open.pop();
      if (block !== undefined)
        into().push({ kind: 'block', line: block.line, branches: block.branches, foot: item.text });
    } else if (kind !== 'comment') faults.push({ line: item.line, text: crossing(item.text, where) });
  }
  for (const { line, text } of open) faults.push({ line, text: crossing(text, where) });
  return top;
}

/** What to say of a block that begins in one element and ends in another. */
export function crossing(text: string, where: string): string {
  return `${text} stands in ${where}, the rest of its block does not; open and close a block within the same element`;
}
