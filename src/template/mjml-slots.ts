// Enters: MJML with Handlebars in it. Leaves: MJML that its parser cannot harm, and the way back.
// Never: a mustache moved or dropped in silence; what MJML cannot keep in place is named with its line and the way out.

/** A whole mustache: a comment, or anything else with its quoted strings. */
const mustache =
  /\{\{~?!--[\s\S]*?--~?\}\}|\{\{~?![\s\S]*?\}\}|\{\{(?:"[^"]*"|'[^']*'|[^"'}]|\}(?!\}))*\}\}\}?/.source;
const lexer = new RegExp(
  `(?<mustache>${mustache})|<!--|-->|<(?<close>/?)(?<tag>[a-zA-Z][\\w-]*)|/?>|["']`,
  'g',
);

/** Elements whose content MJML passes on as it is. */
const opaque = new Set(
  ['text', 'button', 'table', 'raw', 'style', 'title', 'preview', 'navbar-link', 'social-element']
    .concat(['accordion-title', 'accordion-text', 'carousel-image', 'html-attribute'])
    .map((name) => `mj-${name}`),
);
/** Elements whose children stand below each other, so that a block around some of them changes nothing else. */
const stacked = new Set(['mj-body', 'mj-wrapper', 'mj-column', 'mj-hero']);

export interface SlottedMjml {
  readonly mjml: string;
  /** Puts the mustaches back into what MJML made. Lines of those that got lost are reported. */
  restore(html: string): { readonly html: string; readonly faults: readonly string[] };
  readonly faults: readonly string[];
}

interface Place {
  readonly element: string;
  readonly id: number;
}

/** Every mustache becomes a word that MJML has no opinion on; blocks between tags are wrapped in mj-raw. */
export function slotMustaches(source: string, file = 'email.mjml'): SlottedMjml {
  const slots: { readonly text: string; readonly line: number }[] = [];
  const faults: string[] = [];
  const path: Place[] = [{ element: 'the file', id: 0 }];
  const blocks: Place[] = [];
  let opened = 0;
  let inComment = false;
  let tag: { readonly name: string; readonly closes: boolean } | null = null;
  let quote: string | null = null;
  let mjml = '';
  let at = 0;

  for (const match of source.matchAll(lexer)) {
    mjml += source.slice(at, match.index);
    at = match.index + match[0].length;
    const here = path.at(-1) ?? { element: 'the file', id: 0 };
    const text = match.groups?.mustache;
    if (text !== undefined) mjml += place(text, match.index, here);
    else {
      mjml += match[0];
      read(match[0], match.groups?.tag?.toLowerCase(), match.groups?.close === '/', here);
    }
  }
  mjml += source.slice(at);

  function place(text: string, index: number, here: Place): string {
    const line = source.slice(0, index).split('\n').length;
    const kind = kindOf(text);
    // A comment between tags never reaches anybody.
    if (inComment && !opaque.has(here.element)) return '';
    const fault = (problem: string, wayOut: string) =>
      faults.push(`${file}:${line}: ${text} ${problem}; ${wayOut}`);
    if (kind === 'open') blocks.push(here);
    if (kind === 'else' || kind === 'close') {
      const start = kind === 'close' ? blocks.pop() : blocks.at(-1);
      if (start !== undefined && start.id !== here.id)
        fault(
          `stands in <${here.element}>, its block began in <${start.element}>`,
          'open and close a block within the same element',
        );
    }
    slots.push({ text, line });
    const slot = `dearlyslot${slots.length - 1}x`;
    const isFree = opaque.has(here.element);
    if (tag !== null && !isFree) {
      if (kind === 'value') return slot;
      fault(
        'is a block inside a tag',
        'put the block around the whole tag, or choose the value with a helper',
      );
      return '';
    }
    if (isFree) return slot;
    if (kind === 'comment') {
      slots[slots.length - 1] = { text: '', line: 0 };
      return text.replace(/[^\n]/g, '');
    }
    const lines = '\n'.repeat(text.split('\n').length - 1);
    if (kind === 'value')
      fault('stands between tags, where MJML drops it', 'write it inside <mj-text>, <mj-table> or <mj-raw>');
    else if (!stacked.has(here.element))
      fault(
        `changes what stands side by side in <${here.element}>, so its widths`,
        'put the block around the whole section, once for each outcome',
      );
    return `<mj-raw>${slot}</mj-raw>${lines}`;
  }

  function read(token: string, name: string | undefined, closes: boolean, here: Place): void {
    if (inComment) inComment = token !== '-->';
    else if (token === '<!--') inComment = tag === null;
    else if (opaque.has(here.element) && tag === null) {
      if (closes && name === here.element) tag = { name, closes };
    } else if (tag === null) tag = name === undefined ? null : { name, closes };
    else if (token === '"' || token === "'") quote = quote === null ? token : quote === token ? null : quote;
    else if (quote === null && token.endsWith('>')) {
      if (tag.closes) {
        if (path.length > 1) path.pop();
      } else if (token === '>') path.push({ element: tag.name, id: ++opened });
      tag = null;
    }
  }

  return {
    mjml,
    faults,
    restore(html) {
      const seen = new Set<number>();
      const restored = html.replace(/dearlyslot(\d+)x/g, (_, digits: string) => {
        seen.add(Number(digits));
        return slots[Number(digits)]?.text ?? '';
      });
      const lost = slots.flatMap(({ text, line }, index) =>
        line === 0 || seen.has(index)
          ? []
          : [`${file}:${line}: ${text} is dropped by MJML; move it into an mj-text or mj-raw`],
      );
      return { html: restored, faults: lost };
    },
  };
}

function kindOf(text: string): 'open' | 'else' | 'close' | 'comment' | 'value' {
  const inside = text.replace(/^\{\{\{?~?\s*/, '');
  if (inside.startsWith('!')) return 'comment';
  if (inside.startsWith('#')) return 'open';
  if (inside.startsWith('/')) return 'close';
  if (inside.startsWith('^') || /^else\b/.test(inside)) return 'else';
  return 'value';
}
