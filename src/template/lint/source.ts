// Enters: a file of the pack. Leaves: Source, its tags with the offsets they have in the author's file.
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
}

export function readSource(file: string, text: string): Source {
  const plain = blank(text);
  return { file, text, plain, document: parse(plain) };
}

export function parse(html: string): Document {
  return parseDocument(html, { withStartIndices: true, withEndIndices: true, recognizeSelfClosing: true });
}

/** Every tag, in the order of the file. */
export function* tagsOf(nodes: readonly ChildNode[]): Generator<Element> {
  for (const node of nodes) {
    if (!('children' in node)) continue;
    if (isTag(node)) yield node;
    yield* tagsOf(node.children);
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

export function hitAt({ file, text }: Source, tag: ChildNode, what: string, how?: string): Hit {
  return { file, line: lineAt(text, tag.startIndex ?? 0), what, ...(how !== undefined && { how }) };
}
