// Enters: a template. Leaves: Source, its tags with the offsets they have in it, and the author's file and line for each.
// Never: what MJML makes of it; that is draw-email.ts.
import { type ChildNode, type Document, type Element, isTag, isText } from 'domhandler';
import { parseDocument } from 'htmlparser2';
import { blank } from './blank.ts';
import { type Hit, lineAt } from './finding.ts';

export interface Source {
  readonly file: string;
  /** With the theme filled in, else as written. */
  readonly text: string;
  /** `text` without mustaches, of the same length. */
  readonly plain: string;
  readonly document: Document;
  /** Where a line of `text` was written: a part that is included has a file of its own. */
  at(line: number): Place;
}

export interface Place {
  readonly file: string;
  readonly line: number;
}

/** @param at left out, every line is the file's own */
export function readSource(file: string, text: string, at?: Source['at']): Source {
  const plain = blank(text);
  return { file, text, plain, document: parse(plain), at: at ?? ((line) => ({ file, line })) };
}

export function parse(html: string): Document {
  return parseDocument(html, { withStartIndices: true, withEndIndices: true, recognizeSelfClosing: true });
}

/** Every tag that a reader gets to see something of, in the order of the file: <mj-attributes> holds defaults for others. */
export function* tagsOf(nodes: readonly ChildNode[]): Generator<Element> {
  for (const node of nodes) {
    if (!('children' in node)) continue;
    if (isTag(node)) yield node;
    if (!isTag(node) || node.name !== 'mj-attributes') yield* tagsOf(node.children);
  }
}

/** What a reader gets to read of it: text, and the words of pictures. */
export function wordsOf(node: ChildNode): string {
  if (isText(node)) return node.data.trim();
  if (!('children' in node)) return '';
  const own = isTag(node) ? (node.attribs.alt ?? node.attribs['aria-label'] ?? node.attribs.title ?? '') : '';
  return [own.trim(), ...node.children.map(wordsOf)].join('');
}

/** An attribute as it was written, mustaches and all. */
export function writtenAttribute({ text }: Source, tag: Element, name: string): string {
  const opening = openingOf(text, tag);
  const found = new RegExp(
    `\\s${name}\\s*=\\s*("(?:\\{\\{.*?\\}\\}|[^"])*"|'(?:\\{\\{.*?\\}\\}|[^'])*')`,
    'is',
  ).exec(opening);
  return found?.[1]?.slice(1, -1) ?? '';
}

/** From `<` to the first child or the end. */
function openingOf(text: string, { startIndex, endIndex, firstChild }: Element): string {
  return text.slice(startIndex ?? 0, firstChild?.startIndex ?? (endIndex ?? text.length) + 1);
}

export function placeAt({ text, at }: Source, offset: number): Place {
  return at(lineAt(text, offset));
}

export function hitAt(source: Source, tag: ChildNode, what: string): Hit {
  return { ...placeAt(source, tag.startIndex ?? 0), what };
}
