// Enters: the pack's MJML, read. Leaves: Drawn, the HTML that MJML makes of it, with the way back to the author's lines.
// Never: what is sent; branches stand side by side and data is letters.
import type { Element } from 'domhandler';
import mjml2html from 'mjml';
import { type Place, placeAt, type Source, tagsOf } from './source.ts';

export interface Drawn {
  readonly html: string;
  /** Where the author wrote what stands at this offset of `html`. */
  placeAt(offset: number): Place;
}

/** Between these, `<mj-raw>` may stand. */
const roomy = new Set(['mj-body', 'mj-wrapper', 'mj-section', 'mj-group', 'mj-column', 'mj-hero']);

/** @returns null where MJML cannot read it, which the loader tells */
export async function drawEmail(email: Source): Promise<Drawn | null> {
  const places: Place[] = [];
  const html = await draw(mark(email, places));
  if (html === null) return null;
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

async function draw(mjml: string): Promise<string | null> {
  try {
    const { html } = await mjml2html(mjml, { validationLevel: 'skip', fonts: {}, keepComments: false });
    return html;
  } catch {
    return null;
  }
}

/** Writes a number into every tag of the body, or in front of it where MJML would not keep it. */
function mark(source: Source, places: Place[]): string {
  const { plain, document } = source;
  const notes: [offset: number, note: string][] = [];
  for (const tag of tagsOf(document.children)) {
    const start = tag.startIndex;
    if (start === null || isInHead(tag)) continue;
    const isMjml = /^mj(ml$|-)/.test(tag.name);
    if (isMjml && !roomy.has(parentName(tag))) continue;
    const note = ` data-mark="${places.length}"`;
    places.push(placeAt(source, start));
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
