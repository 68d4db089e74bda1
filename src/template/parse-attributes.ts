import type { Attribute, Block, LineFault, Mustache, Piece } from './mjml-tree.ts';
import { kindOf, mustachePattern, nestBlocks } from './nest-blocks.ts';

const parts = new RegExp(
  `(?<mustache>${mustachePattern})|(?<name>[^\\s"'<>/=\\{]+)(?:\\s*=\\s*(?:"(?<double>(?:${mustachePattern}|[^"{]|\\{(?!\\{))*)"|'(?<single>(?:${mustachePattern}|[^'{]|\\{(?!\\{))*)'|(?<bare>[^\\s"'>]+)))?`,
  'g',
);
const mustaches = new RegExp(mustachePattern, 'g');

/** @param source what stands in a tag after its name; @param line the line it begins at */
export function parseAttributes(
  source: string,
  line: number,
  element: string,
  faults: LineFault[],
): readonly (Attribute | Block<Attribute>)[] {
  const items: (Attribute | Mustache)[] = [];
  for (const match of source.matchAll(parts)) {
    const at = line + newlines(source.slice(0, match.index));
    const { mustache, name = '', double, single, bare } = match.groups ?? {};
    if (mustache === undefined) {
      const value = double ?? single ?? bare ?? '';
      const inner = at + newlines(match[0].slice(0, match[0].lastIndexOf(value)));
      items.push({ kind: 'attribute', name, line: at, value: pieces(value, inner, element, faults) });
    } else {
      items.push({ kind: 'mustache', text: mustache, line: at });
      if (kindOf(mustache) === 'value')
        faults.push({
          line: at,
          text: `${mustache} stands in <${element}> in place of an attribute; write name="${mustache}"`,
        });
    }
  }
  return nestBlocks(items, isMustache, `<${element}>`, faults).filter(
    (it): it is Attribute | Block<Attribute> => it.kind !== ('mustache' as string),
  );
}

function pieces(value: string, line: number, element: string, faults: LineFault[]) {
  const items: (Piece | Mustache)[] = [];
  let end = 0;
  for (const match of value.matchAll(mustaches)) {
    if (match.index > end) items.push({ kind: 'text', text: value.slice(end, match.index) });
    items.push({ kind: 'mustache', text: match[0], line: line + newlines(value.slice(0, match.index)) });
    end = match.index + match[0].length;
  }
  if (end < value.length) items.push({ kind: 'text', text: value.slice(end) });
  return nestBlocks<Piece>(items, isBlockPart, `an attribute of <${element}>`, faults);
}

function isMustache(it: Attribute | Mustache): it is Mustache {
  return it.kind === 'mustache';
}

/** A value stays a piece; what opens, parts and closes blocks does not. */
function isBlockPart(it: Piece): it is Mustache {
  return it.kind === 'mustache' && kindOf(it.text) !== 'value';
}

export function newlines(text: string): number {
  return text.split('\n').length - 1;
}
