// Enters: the body of a page as its template fills it. Leaves: what of it belongs on paper, and which pictures that shows.
// Never: something to press, or to fill in; what only introduced it goes, too.
import { type ChildNode, type Document, Element, isTag, isText, type ParentNode, Text } from 'domhandler';
import { DomUtils, parseDocument } from 'htmlparser2';
import type { Links } from '../links.ts';

/** Whatever runs, plays, is typed into, or comes from elsewhere. */
const living = new Set(
  'script style link meta base template form input button select textarea dialog iframe object embed video audio canvas source'.split(
    ' ',
  ),
);

/** Elements of ours that show something where no script runs; the others ask. */
const showing = new Set(['dearly-chart', 'dearly-offer', 'dearly-video']);

export interface PrintPicture {
  /** What an attachment calls it, too. */
  readonly artefact: 'poster' | `pictures/${string}`;
  /** As the document asks for it. */
  readonly path: string;
}

export interface Paper {
  readonly body: string;
  readonly pictures: readonly PrintPicture[];
}

export function onPaper(body: string, links: Links): Paper {
  const document = parseDocument(body);
  const pictures = new Map<string, PrintPicture>();
  for (const element of elementsOf(document)) {
    // Gone with what it stood in.
    if (!isIn(element, document)) continue;
    const { name, attribs } = element;
    const asks = name.startsWith('dearly-') && !showing.has(name);
    if (asks || living.has(name) || attribs['data-screen'] !== undefined) take(element);
    else if (name === 'dearly-video') showStill(element, links);
    else if (name === 'details') attribs.open = '';
    else if (/^h[1-6]$/.test(name)) keepSpaces(element);
    else if (name === 'a') keepAddress(element);
    else if (name === 'img') keepPicture(element, links, pictures);
  }
  return {
    body: DomUtils.getOuterHTML(document, { decodeEntities: true }),
    pictures: [...pictures.values()],
  };
}

/** A list of its own: the tree changes while it is walked. */
function elementsOf(document: Document): readonly Element[] {
  return DomUtils.filter(isTag, document, true) as Element[];
}

function isIn(node: ChildNode, document: Document): boolean {
  let at: ParentNode | null = node.parent;
  while (at !== null && at !== document) at = at.parent;
  return at === document;
}

/** With the section around it, where that has nothing left but its heading. */
function take(element: ChildNode): void {
  const { parent } = element;
  DomUtils.removeElement(element);
  if (parent === null || !isTag(parent) || parent.name === 'main' || parent.name === 'body') return;
  if (parent.children.every(isMere)) take(parent);
}

function isMere(node: ChildNode): boolean {
  if (isText(node)) return node.data.trim() === '';
  return !isTag(node) || /^h[1-6]$/.test(node.name);
}

/** Bookmarks drop a space at which a heading breaks its line, unless it stands inside of what ends there (and `pre-wrap` keeps it). */
function keepSpaces(heading: Element): void {
  for (const child of heading.children) {
    const { next } = child;
    if (!isTag(child) || next === null || !isText(next) || !/^\s/.test(next.data)) continue;
    next.data = next.data.trimStart();
    DomUtils.appendChild(child, new Text(' '));
  }
}

/** The film's poster, and by it the way to the page, where it plays. */
function showStill(player: Element, links: Links): void {
  const still = DomUtils.findOne((it) => it.name === 'img', player.children, true);
  if (still === null) {
    take(player);
    return;
  }
  const link = new Element('a', { class: 'still', href: links.site });
  DomUtils.replaceElement(player, link);
  DomUtils.appendChild(link, still);
}

/** Addresses of the web and of the document itself. */
function keepAddress({ attribs }: Element): void {
  if (!/^(https?:|mailto:|tel:|#)/i.test(attribs.href ?? '')) delete attribs.href;
}

/** Our own pictures stand beside the document; of others it has the words. */
function keepPicture(
  { attribs }: Element,
  { poster, pictures }: Links,
  found: Map<string, PrintPicture>,
): void {
  delete attribs.srcset;
  delete attribs.loading;
  const { src = '' } = attribs;
  if (src.startsWith('data:image/')) return;
  delete attribs.src;
  const named = Object.keys(pictures).find((name) => pictures[name] === src);
  const picture: PrintPicture | null =
    src === poster
      ? { artefact: 'poster', path: 'picture/poster.jpg' }
      : named === undefined
        ? null
        : { artefact: `pictures/${named}`, path: `picture/of-pack-${named}.jpg` };
  if (picture === null) return;
  attribs.src = picture.path;
  found.set(picture.path, picture);
}
