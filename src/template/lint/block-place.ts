// Enters: a pack's templates. Leaves: every {{#block}} that a variant could not move without breaking something.
// Never: what stands within a block; the other lints look at that.
import type { Element } from 'domhandler';
import Handlebars from 'handlebars';
import type { Hit } from './finding.ts';
import type { Lint } from './lint.ts';
import { placeAt, type Source, tagsOf } from './source.ts';

interface Found {
  readonly block: hbs.AST.BlockStatement;
  /** Empty where it has none that can be read off. */
  readonly name: string;
  /** Offsets in the source: from its first brace, to behind its last. */
  readonly from: number;
  readonly to: number;
  /** The mustache around it, as far as it matters: `{{#if}}`. */
  readonly inside: string | null;
}

const places = ['email.mjml', 'text.hbs', 'site.hbs'];

export const blockPlace: Lint = {
  name: 'block-place',
  level: 'fault',
  looksFor:
    'a `{{#block}}` in another file than `email.mjml`, `text.hbs` and `site.hbs`, without a name written out in kebab-case, there twice, within any other block, around half an element, in the email elsewhere than directly in `<mj-body>`, on the page not beside the others',
  why: 'a variant moves it and takes it away, and the rest has to stay whole',
  how: 'put {{#block "name"}} and {{/block}} around whole sections that stand side by side',
  *find({ sources }) {
    for (const source of sources) {
      const all = [...blocksIn(source)];
      yield* all.flatMap((one) => wrongAlone(source, one, all));
      if (source.file === 'email.mjml' || source.file === 'site.hbs') yield* wrongTogether(source, all);
    }
  },
};

function* blocksIn(source: Source): Generator<Found> {
  let program: hbs.AST.Program;
  try {
    program = Handlebars.parse(source.text);
  } catch {
    return;
  }
  yield* walk(program, null);

  function* walk(of: hbs.AST.Program | undefined, inside: string | null): Generator<Found> {
    for (const statement of of?.body ?? []) {
      if (statement.type !== 'BlockStatement') continue;
      const block = statement as hbs.AST.BlockStatement;
      const verb = 'original' in block.path ? String(block.path.original) : '';
      if (verb === 'block') {
        const { start, end } = block.loc;
        const from = offsetOf(source.text, start);
        yield { block, name: nameOf(block), from, to: offsetOf(source.text, end), inside };
      }
      yield* walk(block.program, `{{#${verb}}}`);
      yield* walk(block.inverse, `{{#${verb}}}`);
    }
  }
}

function wrongAlone(source: Source, { block, name, from, inside }: Found, all: readonly Found[]): Hit[] {
  const hit = (what: string, how: string): Hit => ({ ...placeAt(source, from), what, how });
  const said = `{{#block "${name}"}}`;
  if (!places.includes(source.file))
    return [hit(`${said} has no place in ${source.file}`, `write it in ${places.join(', ')}`)];
  if (name === '')
    return [
      hit(
        '{{#block}} without a plain name',
        'write {{#block "usage"}} … {{/block}}, and no more in the braces',
      ),
    ];
  if (inside === '{{#block}}')
    return [
      hit(`${said} stands within another block`, 'close the other one first: blocks stand side by side'),
    ];
  if (inside !== null)
    return [
      hit(
        `${said} stands in ${inside}, so that its place would hang on data`,
        `put the ${inside} inside the block`,
      ),
    ];
  const first = all.find((other) => other.name === name);
  if (first !== undefined && first.block !== block) {
    const { file, line } = placeAt(source, first.from);
    return [
      hit(`${said} is there already (${file}:${line})`, 'give it a name of its own, or draw both into one'),
    ];
  }
  return [];
}

/** Markup alone: each block holds whole elements, and all of them stand in the same one. */
function* wrongTogether(source: Source, all: readonly Found[]): Generator<Hit> {
  const elements = [...tagsOf(source.document.children)];
  const isEmail = source.file === 'email.mjml';
  let home: Element | null | undefined = isEmail
    ? elements.find(({ name }) => name === 'mj-body')
    : undefined;
  for (const { name, from, to, inside } of all) {
    if (inside !== null || name === '') continue;
    const hit = (what: string): Hit => ({ ...placeAt(source, from), what: `{{#block "${name}"}} ${what}` });
    const isHalf = (one: Element) => isWithin(one.startIndex, from, to) !== isWithin(one.endIndex, from, to);
    const half = elements.find(isHalf);
    if (half !== undefined) {
      // Of the email, what reads MJML tells it.
      if (!isEmail) yield hit(`holds one end of <${half.name}> and not the other`);
      continue;
    }
    const around =
      elements.findLast((one) => (one.startIndex ?? 0) < from && (one.endIndex ?? 0) >= to) ?? null;
    if (isInTag(source.plain, from)) yield hit('stands within a tag');
    else if (home === undefined) home = around;
    else if (around !== home) {
      const others = isEmail ? 'not directly' : 'the blocks before it';
      yield hit(`stands ${inElement(around)}, ${others} ${inElement(home)}`);
    }
  }
}

function inElement(element: Element | null): string {
  return element === null ? 'at the top' : `in <${element.name}>`;
}

function isWithin(offset: number | null, from: number, to: number): boolean {
  return offset !== null && offset >= from && offset < to;
}

function isInTag(plain: string, offset: number): boolean {
  return plain.lastIndexOf('<', offset - 1) > plain.lastIndexOf('>', offset - 1);
}

/** Empty for whatever is not `{{#block "kebab-case"}}`, and for braces that take white space along. */
function nameOf({ params, hash, inverse, program, openStrip, closeStrip }: hbs.AST.BlockStatement): string {
  const [param] = params;
  const isPlain =
    params.length === 1 &&
    !hash &&
    !inverse &&
    !program.blockParams?.length &&
    ![openStrip, closeStrip].some((it) => it?.open || it?.close);
  if (!isPlain || param?.type !== 'StringLiteral') return '';
  const { value } = param as hbs.AST.StringLiteral;
  return /^[a-z0-9][a-z0-9-]{0,30}$/.test(value) ? value : '';
}

/** Handlebars counts lines from 1 and columns from 0. */
function offsetOf(text: string, { line, column }: hbs.AST.Position): number {
  let at = 0;
  for (let left = line - 1; left > 0; left--) at = text.indexOf('\n', at) + 1;
  return at + column;
}
