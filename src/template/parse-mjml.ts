// Enters: MJML with Handlebars anywhere in it. Leaves: a tree of elements and blocks, every node with its line.
// Never: a mustache given up; what begins in one element and ends in another is named.
import type { Block, Child, Element, LineFault } from './mjml-tree.ts';
import { opaque } from './mjml-tree.ts';
import { crossing, kindOf, mustachePattern, nestBlocks } from './nest-blocks.ts';
import { newlines, parseAttributes } from './parse-attributes.ts';

const structure = new RegExp(
  `(?<mustache>${mustachePattern})|<!--(?<comment>[\\s\\S]*?)(?:-->|$)|<[!?][^>]*>|</(?<close>[\\w-]+)[^>]*>|<(?<open>[a-zA-Z][\\w-]*)(?<attributes>(?:${mustachePattern}|"(?:${mustachePattern}|[^"{]|\\{(?!\\{))*"|'(?:${mustachePattern}|[^'{]|\\{(?!\\{))*'|[^"'>{])*)>`,
  'g',
);
const mustaches = new RegExp(mustachePattern, 'g');

interface ElementFrame {
  readonly name: string;
  readonly element: Omit<Element, 'children'>;
  readonly children: (Child | Block<Child>)[];
}

interface BlockFrame {
  readonly text: string;
  readonly line: number;
  readonly branches: { readonly head: string; readonly inner: (Child | Block<Child>)[] }[];
}

type Frame = ElementFrame | BlockFrame;

export function parseMjml(source: string): {
  readonly root: Element | null;
  readonly faults: readonly LineFault[];
} {
  const faults: LineFault[] = [];
  const top: (Child | Block<Child>)[] = [];
  const frames: Frame[] = [];
  const into = (): (Child | Block<Child>)[] => {
    const frame = frames.at(-1);
    if (frame === undefined) return top;
    return 'branches' in frame ? (frame.branches.at(-1)?.inner ?? top) : frame.children;
  };
  const here = () => {
    const element = frames.findLast((frame): frame is ElementFrame => !('branches' in frame));
    return element === undefined ? 'the file' : `<${element.name}>`;
  };

  function mustache(text: string, line: number): void {
    const kind = kindOf(text);
    const frame = frames.at(-1);
    const block = frame !== undefined && 'branches' in frame ? frame : null;
    if (kind === 'open') frames.push({ text, line, branches: [{ head: text, inner: [] }] });
    else if (kind === 'value') into().push({ kind: 'mustache', text, line });
    else if (kind === 'else' && block) block.branches.push({ head: text, inner: [] });
    else if (kind === 'close' && block) {
      frames.pop();
      into().push({ kind: 'block', line: block.line, branches: block.branches, foot: text });
    } else if (kind !== 'comment') faults.push({ line, text: crossing(text, here()) });
  }

  function close(name: string, line: number): void {
    const frame = frames.at(-1);
    if (frame !== undefined && 'branches' in frame) {
      faults.push({ line: frame.line, text: crossing(frame.text, here()) });
      frames.pop();
      close(name, line);
    } else if (frame?.name === name) {
      frames.pop();
      into().push({ ...frame.element, children: frame.children });
    } else if (frames.some((it) => 'name' in it && it.name === name)) {
      faults.push({
        line: frame?.element.line ?? line,
        text: `${here()} is not closed; write </${frame?.name}>`,
      });
      frames.pop();
      close(name, line);
    } else faults.push({ line, text: `</${name}> closes nothing; write <${name}> before it, or drop it` });
  }

  /** @returns where to read on */
  function open(name: string, inside: string, line: number, end: number): number {
    const isEmpty = inside.endsWith('/');
    const attributes = parseAttributes(isEmpty ? inside.slice(0, -1) : inside, line, name, faults);
    const element = { kind: 'element', name, line, attributes, content: null } as const;
    if (isEmpty) into().push({ ...element, children: [] });
    else if (!opaque.has(name)) frames.push({ name, element, children: [] });
    else {
      const rest = new RegExp(`${mustachePattern}|</${name}\\b[^>]*>`, 'gi');
      rest.lastIndex = end;
      for (let match = rest.exec(source); match !== null; match = rest.exec(source)) {
        if (match[0].startsWith('{{')) continue;
        const content = source.slice(end, match.index);
        balance(content, lineAt(end), name);
        const tag = /<\/?mj-[\w-]+/.exec(content.replace(/<!--[\s\S]*?-->/g, ''))?.[0];
        if (tag !== undefined)
          faults.push({ line, text: `<${name}> holds ${tag}>; close it before: write </${name}>` });
        into().push({ ...element, content, children: [] });
        return rest.lastIndex;
      }
      faults.push({ line, text: `<${name}> is not closed; write </${name}>` });
    }
    return end;
  }

  function balance(content: string, line: number, name: string): void {
    const found = [...content.matchAll(mustaches)].map((match) => ({
      kind: 'mustache' as const,
      text: match[0],
      line: line + newlines(content.slice(0, match.index)),
    }));
    nestBlocks(
      found.filter((it) => kindOf(it.text) !== 'value'),
      (it): it is (typeof found)[number] => it.kind === 'mustache',
      `<${name}>`,
      faults,
    );
  }

  const starts = [0];
  for (let index = source.indexOf('\n'); index >= 0; index = source.indexOf('\n', index + 1))
    starts.push(index + 1);
  function lineAt(index: number): number {
    let low = 0;
    for (let high = starts.length; high - low > 1; ) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= index) low = middle;
      else high = middle;
    }
    return low + 1;
  }

  /** MJML drops it without a word. */
  function between(start: number, end: number): void {
    const text = source.slice(start, end).trim();
    if (text === '' || frames.length === 0) return;
    const [first = ''] = text.split('\n');
    const what = `"${first.length > 40 ? `${first.slice(0, 40)}…` : first}" stands in ${here()}`;
    const line = lineAt(start + source.slice(start).search(/\S/));
    faults.push({
      line,
      text: `${what}, where MJML drops it; write it inside <mj-text>, <mj-table> or <mj-raw>`,
    });
  }

  const lexer = new RegExp(structure);
  let read = 0;
  for (let match = lexer.exec(source); match !== null; match = lexer.exec(source)) {
    const line = lineAt(match.index);
    between(read, match.index);
    read = lexer.lastIndex;
    const groups = match.groups ?? {};
    if (groups.mustache !== undefined) mustache(groups.mustache, line);
    // Blocks are often hidden in comments between tags: Handlebars runs them there, too.
    else if (groups.comment !== undefined)
      for (const [text] of groups.comment.matchAll(mustaches)) {
        if (kindOf(text) !== 'value') mustache(text, line);
      }
    else if (groups.close !== undefined) close(groups.close.toLowerCase(), line);
    else if (groups.open !== undefined)
      read = lexer.lastIndex = open(
        groups.open.toLowerCase(),
        groups.attributes ?? '',
        line,
        lexer.lastIndex,
      );
  }
  for (const frame of frames)
    faults.push(
      'branches' in frame
        ? { line: frame.line, text: crossing(frame.text, here()) }
        : { line: frame.element.line, text: `<${frame.name}> is not closed; write </${frame.name}>` },
    );
  const root = top.find((it): it is Element => it.kind === 'element' && it.name === 'mjml') ?? null;
  for (const it of top)
    if (it.kind !== 'element')
      faults.push({ line: it.line, text: 'a mustache stands outside <mjml>; put it inside' });
  return { root, faults };
}
