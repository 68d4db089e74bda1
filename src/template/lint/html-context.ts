// Enters: pieces of a template's text, in order. Leaves: Context, where in the HTML the next mustache stands.
// Never: the data; only what the author wrote decides where data lands.

export interface Context {
  /** `tag`: among the attributes, outside of their values. `raw`: in the text of a style or script. */
  readonly place: 'text' | 'tag' | 'value' | 'raw' | 'comment';
  /** The tag's, or the raw text's, in lower case; with `/` in front for a closing tag. */
  readonly element: string;
  readonly attribute: string;
  /** Null until the value has begun; empty for one without quotes. */
  readonly quote: '"' | "'" | '' | null;
  /** The attribute's value so far; what data fills in is `{}`. */
  readonly value: string;
}

export const outside: Context = { place: 'text', element: '', attribute: '', quote: null, value: '' };

const raw = new Set(['style', 'script', 'mj-style']);

/** The context behind this text. */
export function readOn(context: Context, text: string): Context {
  let now = context;
  for (let rest = text; rest !== ''; ) [now, rest] = step(now, rest);
  return now;
}

/** The context behind a mustache that shows something. */
export function fillIn(context: Context): Context {
  if (context.place !== 'value') return context;
  return { ...context, quote: context.quote ?? '', value: `${context.value}{}` };
}

/** A block may or may not have run: of both contexts the one that holds less of a value, so that the next data counts as its beginning. */
export function either(a: Context, b: Context): Context {
  return a.value.length <= b.value.length ? a : b;
}

function step(now: Context, rest: string): [Context, string] {
  if (now.place === 'text') {
    const found = /<!--(?!\[if)|<(\/?[a-zA-Z][\w:-]*)/.exec(rest);
    if (found === null) return [now, ''];
    const after = rest.slice(found.index + found[0].length);
    return found[1] === undefined
      ? [{ ...outside, place: 'comment' }, after]
      : [{ ...outside, place: 'tag', element: found[1].toLowerCase() }, after];
  }
  if (now.place === 'comment') return until(rest, '-->');
  if (now.place === 'raw') return until(rest, `</${now.element}`, now);
  if (now.place === 'tag') return stepTag(now, rest);
  return stepValue(now, rest);
}

function stepTag(now: Context, rest: string): [Context, string] {
  const found = /^(\s+|\/?>|\/|=|[^\s=>/]+)/.exec(rest)?.[0] ?? rest;
  const after = rest.slice(found.length);
  if (found.endsWith('>')) {
    const isRaw = raw.has(now.element) && found === '>';
    return [isRaw ? { ...outside, place: 'raw', element: now.element } : outside, after];
  }
  if (found === '=') return [{ ...now, place: 'value', quote: null, value: '' }, after];
  const isName = !/^[\s/]/.test(found);
  return [isName ? { ...now, attribute: found.toLowerCase() } : now, after];
}

function stepValue(now: Context, rest: string): [Context, string] {
  const done: Context = { ...now, place: 'tag', attribute: '', quote: null, value: '' };
  if (now.quote === null) {
    const space = /^\s*/.exec(rest)?.[0].length ?? 0;
    const first = rest[space];
    if (first === undefined) return [now, ''];
    if (first === '"' || first === "'") return [{ ...now, quote: first }, rest.slice(space + 1)];
    return [{ ...now, quote: '' }, rest.slice(space)];
  }
  const end = now.quote === '' ? rest.search(/[\s>]/) : rest.indexOf(now.quote);
  if (end < 0) return [{ ...now, value: now.value + rest }, ''];
  return [done, rest.slice(end + now.quote.length)];
}

function until(
  rest: string,
  end: string,
  now: Context = { ...outside, place: 'comment' },
): [Context, string] {
  const at = rest.toLowerCase().indexOf(end);
  return at < 0 ? [now, ''] : [outside, rest.slice(at + (end === '-->' ? end.length : 0))];
}
