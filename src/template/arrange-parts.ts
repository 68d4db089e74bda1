// Enters: a pack's templates as text. Leaves: Parts for any arrangement: as the files stand at once, others when first asked for.
// Never: MJML; what it made of the email holds every block, and they are moved in that.
import type { Arrangement } from '../campaign/variant.ts';
import { compileFill, type FillOptions } from './compile-fill.ts';
import type { Fill, Parts } from './compiled-pack.ts';
import { arrangeBlocks, type Cut, cutBlocks } from './cut-blocks.ts';
import { keep } from './keep.ts';

/** What is kept of one pack besides its default: a campaign has eight variants at most. */
const mostKept = 32;

export function arrangeParts(input: {
  /** What MJML made of `email.mjml`. */
  readonly html: string | undefined;
  /** The other templates by file, their theme filled in. */
  readonly sources: ReadonlyMap<string, string>;
}): {
  readonly parts: Parts;
  readonly blocks: readonly string[];
  arranged(arrangement: Arrangement): Parts;
} {
  const { html, sources } = input;
  const cuts = {
    email: cut(html),
    text: cut(sources.get('text.hbs')),
    site: cut(sources.get('site.hbs')),
  };
  const bodies = (names?: readonly string[]) => ({
    email: fill(cuts.email, { noEscape: false, ignoreStandalone: true }, (it) =>
      joinSeams(arrangeBlocks(it, names)),
    ),
    text: fill(cuts.text, { noEscape: true }, (it) => arrangeBlocks(it, names)),
    site: fill(cuts.site, { noEscape: false }, (it) => arrangeBlocks(it, names)),
  });
  const lines = (name?: string) => ({
    subject: line(sources, 'subject', name),
    preheader: line(sources, 'preheader', name),
  });
  const parts: Parts = { ...lines(), ...bodies() };
  const linesOf = keep((name: string) => lines(name), mostKept);
  const bodiesOf = keep((names: string) => bodies(names.split(' ')), mostKept);
  return {
    parts,
    blocks: [...new Set(Object.values(cuts).flatMap((it) => it?.blocks.map(({ name }) => name) ?? []))],
    arranged: ({ subject, blocks }) => ({
      ...parts,
      ...(subject !== undefined && linesOf(subject)),
      ...(blocks !== undefined && bodiesOf(blocks.join(' '))),
    }),
  };
}

function cut(source: string | undefined): Cut | null {
  return source === undefined ? null : cutBlocks(source);
}

function fill(it: Cut | null, options: FillOptions, arrange: (it: Cut) => string): Fill | null {
  return it === null ? null : compileFill(arrange(it), options);
}

/** A variant's own where there is one, the pack's otherwise. */
function line(
  sources: ReadonlyMap<string, string>,
  part: 'subject' | 'preheader',
  name?: string,
): Fill | null {
  const own = name === undefined ? undefined : sources.get(`${part}.${name}.hbs`);
  const source = own ?? sources.get(`${part}.hbs`);
  return source === undefined ? null : compileFill(source, { noEscape: true });
}

/** What MJML and its folding do where two sections meet; between blocks they could not, as each may go. */
function joinSeams(html: string): string {
  return html.replace(/<!\[endif]-->\s*?<!--\[if mso \| IE]>/g, '').replace(/\n{2,}/g, '\n');
}
