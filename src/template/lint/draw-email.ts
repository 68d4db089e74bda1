// Enters: the pack's MJML, read. Leaves: Drawn, the HTML that MJML makes of it, with the way back to the author's lines.
// Never: what is sent; branches stand side by side and data is letters.
import type { Element } from 'domhandler';
import mjml2html from 'mjml';
import { lineAt } from './finding.ts';
import { type Source, tagsOf } from './source.ts';

export interface Place {
  readonly file: string;
  readonly line: number;
}

export interface Drawn {
  readonly html: string;
  /** Where the author wrote what stands at this offset of `html`. */
  placeAt(offset: number): Place;
}

/** Between these, `<mj-raw>` may stand. */
const roomy = new Set(['mj-body', 'mj-wrapper', 'mj-section', 'mj-group', 'mj-column', 'mj-hero']);

/** @param sources `email.mjml` and what it includes @returns null where MJML cannot read it, which the loader tells */
export async function drawEmail(sources: readonly Source[]): Promise<Drawn | null> {
  const places: Place[] = [];
  const marked = new Map(sources.map((source) => [source.file, mark(source, places)]));
  const email = marked.get('email.mjml');
  if (email === undefined) return null;
  let html: string;
  try {
    const made = await mjml2html(include(email, 'email.mjml', marked), {
      validationLevel: 'skip',
      fonts: {},
      keepComments: false,
    });
    html = made.html;
  } catch {
    return null;
  }
  const marks = [...html.matchAll(/\sdata-mark="(\d+)"/g)].map(
    ({ index, 1: id }) => [index, Number(id)] as const,
  );
  return {
    html,
    placeAt(offset) {
      // A tag's own mark stands within it, behind its start.
      const end = html[offset] === '<' ? html.indexOf('>', offset) : offset;
      const last = marks.findLast(([at]) => at <= end)?.[1] ?? 0;
      return places[last] ?? { file: 'email.mjml', line: 1 };
    },
  };
}

/** Writes a number into every tag of the body, or in front of it where MJML would not keep it. */
function mark({ file, text, plain, document }: Source, places: Place[]): string {
  const notes: [offset: number, note: string][] = [];
  for (const tag of tagsOf(document.children)) {
    const start = tag.startIndex;
    if (start === null || isInHead(tag)) continue;
    const isMjml = /^mj(ml$|-)/.test(tag.name);
    if (isMjml && !roomy.has(parentName(tag))) continue;
    const note = ` data-mark="${places.length}"`;
    places.push({ file, line: lineAt(text, start) });
    notes.push(isMjml ? [start, `<mj-raw><i${note}></i></mj-raw>`] : [start + 1 + tag.name.length, note]);
  }
  let marked = '';
  let from = 0;
  for (const [offset, note] of notes) {
    marked += plain.slice(from, offset) + note;
    from = offset;
  }
  return marked + plain.slice(from);
}

function parentName({ parent }: Element): string {
  return parent !== null && 'name' in parent ? parent.name : 'mj-body';
}

function isInHead(tag: Element): boolean {
  for (let at: Element['parent'] = tag; at !== null; at = at.parent)
    if ('name' in at && at.name === 'mj-head') return true;
  return false;
}

/** As MJML does, but from the pack's own files. */
function include(marked: string, from: string, files: ReadonlyMap<string, string>, depth = 0): string {
  return marked.replace(
    /<mj-include\b[^>]*?\bpath="([^"]*)"[^>]*?(?:\/>|>\s*<\/mj-include>)/g,
    (_, path: string) => {
      const file = new URL(path, `file:///${from}`).pathname.slice(1);
      const part = files.get(file) ?? files.get(`${file}.mjml`);
      if (part === undefined || depth > 9) return '';
      const body =
        /<mj-body\b[^>]*>([\s\S]*)<\/mj-body>/.exec(part)?.[1] ?? part.replace(/<\/?mjml[^>]*>/g, '');
      return include(body, file, files, depth + 1);
    },
  );
}
