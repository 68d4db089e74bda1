import { getResolvedPDFJS } from 'unpdf';

export interface ReadPdf {
  readonly isMarked: boolean;
  readonly lang: string | undefined;
  readonly title: string | undefined;
  readonly pages: number;
  /** Millimetres of the first sheet. */
  readonly size: readonly [number, number];
  /** Bookmarks in order, each with how deep it stands. */
  readonly outline: readonly { readonly depth: number; readonly title: string }[];
  /** What is read aloud: white space folded, one space between runs. */
  readonly text: string;
  /** Roles of the structure tree, each as often as it is there. */
  readonly roles: ReadonlyMap<string, number>;
  /** What pictures say to those who do not see them. */
  readonly alts: readonly string[];
  /** Where its links lead, without those inside the document. */
  readonly links: readonly string[];
  /** Scripts, form fields and files inside: there are none. */
  readonly active: readonly string[];
  /** Names of the letters in it. */
  readonly fonts: readonly string[];
}

interface Node {
  readonly role?: string;
  readonly alt?: string;
  readonly children?: readonly Node[];
}

interface Bookmark {
  readonly title: string;
  readonly items: readonly Bookmark[];
}

/** By PDF.js, as `unpdf` brings it: PDF.js itself wants a canvas of machine code, which not every registry has. */
export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
  const { getDocument, VerbosityLevel } = await getResolvedPDFJS();
  const task = getDocument({ data: new Uint8Array(bytes), verbosity: VerbosityLevel.ERRORS });
  const document = await task.promise;
  try {
    const texts: string[] = [];
    const roles = new Map<string, number>();
    const alts: string[] = [];
    const links: string[] = [];
    const active: string[] = [];
    const walk = ({ role, alt, children = [] }: Node) => {
      if (role !== undefined) roles.set(role, (roles.get(role) ?? 0) + 1);
      if (alt) alts.push(alt);
      for (const child of children) walk(child);
    };
    let size: [number, number] = [0, 0];
    for (let at = 1; at <= document.numPages; at++) {
      const page = await document.getPage(at);
      const { width, height } = page.getViewport({ scale: 25.4 / 72 });
      if (at === 1) size = [Math.round(width), Math.round(height)];
      const { items } = await page.getTextContent();
      texts.push(items.map((it) => ('str' in it ? `${it.str}${it.hasEOL ? ' ' : ''}` : '')).join(''));
      const tree = await page.getStructTree();
      if (tree) walk(tree as Node);
      for (const it of await page.getAnnotations()) {
        if (it.subtype !== 'Link') active.push(it.subtype);
        else if (it.url) links.push(it.url);
      }
      if (await page.getJSActions()) active.push('page script');
    }
    if (await document.hasJSActions()) active.push('script');
    if (await document.getFieldObjects()) active.push('form');
    if (await document.getAttachments()) active.push('file');
    const { info } = (await document.getMetadata()) as {
      info: { readonly Title?: string; readonly Language?: string };
    };
    const raw = Buffer.from(bytes).toString('latin1');
    return {
      isMarked: (await document.getMarkInfo())?.Marked === true,
      lang: info.Language,
      title: info.Title,
      pages: document.numPages,
      size,
      outline: flatten((await document.getOutline()) as readonly Bookmark[] | null, 0),
      text: texts.join(' ').replace(/\s+/g, ' '),
      roles,
      alts,
      links,
      active,
      fonts: [
        ...new Set([...raw.matchAll(/\/BaseFont \/(?:[A-Z]{6}\+)?([\w-]+)/g)].map(([, name = '']) => name)),
      ],
    };
  } finally {
    await task.destroy();
  }
}

function flatten(items: readonly Bookmark[] | null, depth: number): { depth: number; title: string }[] {
  return (items ?? []).flatMap(({ title, items: below }) => [{ depth, title }, ...flatten(below, depth + 1)]);
}
