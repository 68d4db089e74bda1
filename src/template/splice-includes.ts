// Enters: a pack's files and the name of one. Leaves: its MJML with every <mj-include> written out, and where each line is from.
// Never: a file that is neither the pack's own nor shared by its house (`../theme.mjml`), or a circle.
import { posix } from 'node:path';

export interface Spliced {
  readonly source: string;
  readonly faults: readonly string[];
  /** Where a line of the spliced source was written. */
  at(line: number): Place;
  /** `email.mjml:12: …`, said of the spliced source, as its author has to read it. */
  relocate(fault: string): string;
}

export interface Place {
  readonly file: string;
  readonly line: number;
}

interface Line extends Place {
  readonly text: string;
}

interface Reading {
  readonly files: Readonly<Record<string, string>>;
  readonly faults: string[];
  /** What included files say in their heads. */
  readonly head: Line[];
}

/** As MJML does it, but from the files in hand: paths are relative to the file that includes. */
export function spliceIncludes(files: Readonly<Record<string, string>>, file: string): Spliced {
  const reading: Reading = { files, faults: [], head: [] };
  const body = readLines(file, linesOf(files[file] ?? '', file), [file], reading);
  const lines = withHead(body, reading.head);
  const at = (line: number): Place => {
    const from = lines[line - 1];
    return from === undefined ? { file, line } : { file: from.file, line: from.line };
  };
  return {
    source: lines.map(({ text }) => text).join('\n'),
    faults: reading.faults,
    at,
    relocate(fault) {
      const match = /^(.*?):(\d+): /.exec(fault);
      if (match === null || match[1] !== file) return fault;
      const place = at(Number(match[2]));
      return `${place.file}:${place.line}: ${fault.slice(match[0].length)}`;
    },
  };
}

const include = /<!--[\s\S]*?-->|<mj-include\b((?:"[^"]*"|'[^']*'|[^"'>])*)>(?:\s*<\/mj-include>)?/g;

function readLines(
  file: string,
  lines: readonly Line[],
  stack: readonly string[],
  reading: Reading,
): readonly Line[] {
  const text = lines.map((it) => it.text).join('\n');
  const out: Line[] = [];
  let end = 0;
  const copy = (to: number) => {
    const first = newlinesIn(text.slice(0, end));
    for (const [index, part] of text.slice(end, to).split('\n').entries()) {
      const from = lines[first + index];
      if (from !== undefined) out.push({ ...from, text: part });
    }
  };
  for (const match of text.matchAll(include)) {
    if (match[1] === undefined) continue;
    const from = lines[newlinesIn(text.slice(0, match.index))] ?? { file, line: 1, text: '' };
    copy(match.index);
    out.push(...included(match[1], from, stack, reading));
    end = match.index + match[0].length;
  }
  copy(text.length);
  return out;
}

function included(attributes: string, at: Line, stack: readonly string[], reading: Reading): readonly Line[] {
  const refuse = (problem: string, wayOut: string): readonly Line[] => {
    reading.faults.push(`${at.file}:${at.line}: <mj-include> ${problem}; ${wayOut}`);
    return [];
  };
  const path = attribute(attributes, 'path');
  const type = attribute(attributes, 'type');
  if (path === null || path.trim() === '') return refuse('names no file', 'write path="./part.mjml"');
  if (path.includes('{{'))
    return refuse(`path="${path}" is not known at load`, 'choose between includes by {{#if}}');
  const whole = posix.normalize(posix.join(posix.dirname(at.file), path));
  const text = Object.hasOwn(reading.files, whole) ? reading.files[whole] : undefined;
  if (/^[/\\]|^[a-z]+:|\\|%|\0/i.test(path) || (whole.startsWith('..') && text === undefined))
    return refuse(`path="${path}" leads out of the pack`, "copy the part into the pack's folder");
  if (text === undefined)
    return refuse(
      `finds no ${whole}`,
      `there are ${partsOf(reading.files).join(', ') || 'no parts in this pack'}`,
    );
  if (stack.includes(whole))
    return refuse(`goes round in a circle: ${[...stack, whole].join(', ')}`, 'take one of them out');
  const own = linesOf(text, whole);
  if (type === 'html') return within('<mj-raw>', own, '</mj-raw>', at);
  if (type === 'css') {
    const isInline = attribute(attributes, 'css-inline') === 'inline';
    reading.head.push(...within(`<mj-style${isInline ? ' inline="inline"' : ''}>`, own, '</mj-style>', at));
    return [];
  }
  const lines = readLines(whole, own, [...stack, whole], reading);
  if (!/<mjml\b/.test(text)) return lines;
  reading.head.push(...inside(lines, 'mj-head'));
  return inside(lines, 'mj-body');
}

/** What a whole MJML file has in its head or body. */
function inside(lines: readonly Line[], tag: string): readonly Line[] {
  const text = lines.map((it) => it.text).join('\n');
  const open = new RegExp(`<${tag}\\b[^>]*>`).exec(text);
  const close = text.lastIndexOf(`</${tag}>`);
  if (open === null || close < 0) return [];
  const start = open.index + open[0].length;
  const first = newlinesIn(text.slice(0, start));
  return text
    .slice(start, close)
    .split('\n')
    .flatMap((part, index) => {
      const from = lines[first + index];
      return from === undefined ? [] : [{ ...from, text: part }];
    });
}

function withHead(lines: readonly Line[], head: readonly Line[]): readonly Line[] {
  if (head.length === 0) return lines;
  const close = lines.findIndex(({ text }) => text.includes('</mj-head>'));
  if (close >= 0) return splitAt(lines, close, '</mj-head>', 0, head);
  const start = lines.findIndex(({ text }) => /<mjml\b[^>]*>/.test(text));
  const tag = /<mjml\b[^>]*>/.exec(lines[start]?.text ?? '')?.[0];
  const at = lines[start];
  if (tag === undefined || at === undefined) return lines;
  return splitAt(lines, start, tag, tag.length, within('<mj-head>', head, '</mj-head>', at));
}

function splitAt(
  lines: readonly Line[],
  index: number,
  mark: string,
  after: number,
  more: readonly Line[],
): readonly Line[] {
  const line = lines[index];
  if (line === undefined) return lines;
  const cut = line.text.indexOf(mark) + after;
  const parts = [
    { ...line, text: line.text.slice(0, cut) },
    ...more,
    { ...line, text: line.text.slice(cut) },
  ];
  return [...lines.slice(0, index), ...parts, ...lines.slice(index + 1)];
}

function within(open: string, lines: readonly Line[], close: string, at: Line): readonly Line[] {
  return [{ ...at, text: open }, ...lines, { ...at, text: close }];
}

function linesOf(text: string, file: string): readonly Line[] {
  return text.split('\n').map((part, index) => ({ text: part, file, line: index + 1 }));
}

function attribute(source: string, name: string): string | null {
  const match = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(source);
  return match === null ? null : (match[1] ?? match[2] ?? '');
}

function partsOf(files: Readonly<Record<string, string>>): readonly string[] {
  return Object.keys(files).filter((path) => /\.(mjml|html|css)$/.test(path) && path !== 'email.mjml');
}

function newlinesIn(text: string): number {
  return text.split('\n').length - 1;
}
