import { type AttributeRule, isColor, ruleOf } from './attribute-rules.ts';
import type { Lowering, Shape, Shapes } from './lowering.ts';
import { type Attribute, type Block, type Element, hasPlainElse, type Piece } from './mjml-tree.ts';
import { type Around, type Outcomes, outcomesOf } from './outcomes.ts';
import { longColor } from './shape-blocks.ts';

type Named = readonly [name: string, value: string];

/** An element's attributes, once for each outcome of the blocks among them that MJML has to know. */
export function lowerAttributes(element: Element, to: Lowering): Shapes<Shape> {
  const found = outcomesOf<Attribute, Named>(element.attributes, (attribute, around) =>
    lowerOne(element, attribute, around, to),
  );
  if (found === null) {
    to.faults.push({
      line: element.line,
      text: `the blocks among the attributes of <${element.name}> have no end of outcomes; choose between few by {{#if}}, or write the whole tag once for each outcome`,
    });
    return { key: '', list: [{ label: '', attributes: {} }] };
  }
  if (found.list.length > 1 && (to.inHead || element.name === 'mj-body' || element.name === 'mjml'))
    to.faults.push({
      line: element.line,
      text: `a block among the attributes of <${element.name}> changes the whole email; put it at the tags in <mj-body> that it is meant for`,
    });
  return {
    key: found.key,
    list: found.list.map(({ label, values }) => ({
      label,
      // Of two attributes with one name, the first is the one that counts.
      attributes: Object.fromEntries([...values].reverse().map(([name, text]) => [name, asMjmlReads(text)])),
    })),
  };
}

function lowerOne(
  element: Element,
  { name, value, line }: Attribute,
  around: readonly Around[],
  to: Lowering,
): Outcomes<Named> {
  const one = (text: string): Outcomes<Named> => ({ key: '', list: [{ label: '', values: [[name, text]] }] });
  const isKnown = value.every((piece) => piece.kind === 'text');
  const text = sourceOf(value);
  if (isKnown) return one(text);
  const slot = () => {
    const isWritten = isColor(name) && isChoice(value);
    const source = wrap(isWritten ? sourceOf(value, longColor) : text, to.inHead ? [atTop] : around);
    // What MJML does not write down it has no use for, whatever the value; a default for tags that an email lacks is no loss, either.
    return to.slots.add(source, 0, isColor(name) && !isWritten ? 'color' : undefined);
  };
  const rule: AttributeRule = ruleOf(element.name, name);
  if (rule === 'as-is' || (rule === 'empty-or-not' && isNeverEmpty(value))) return one(slot());
  const fixed = outcomesOf<Piece, string>(
    value,
    (piece) => (piece.kind === 'text' ? { key: '', list: [{ label: '', values: [piece.text] }] } : null),
    true,
  );
  to.emptied.add(`${element.line} ${name}`);
  if (fixed !== null)
    return {
      key: fixed.key,
      list: fixed.list.map(({ label, values }) => ({ label, values: [[name, values.join('')]] })),
    };
  if (rule === 'empty-or-not')
    return {
      key: `{{#dearlyFilled}}${text}{{/dearlyFilled}}`,
      list: [
        { label: 'filled', values: [[name, slot()]] },
        { label: 'empty', values: [[name, '']] },
      ],
    };
  to.faults.push({
    line,
    text: `${name}="${text}" of <${element.name}> decides how MJML lays out, so its values must be known at load; choose between written values: ${name}="{{#if …}}a{{else}}b{{/if}}"`,
  });
  return one('');
}

/** Defaults written in the head come out in the midst of loops, and mean the same there. */
const atTop: Around = { head: '{{#with @root}}', foot: '{{/with}}' };

/** As its parser does. */
function asMjmlReads(text: string): string | boolean {
  return text === 'true' ? true : text === 'false' ? false : text;
}

function wrap(text: string, around: readonly Around[]): string {
  return around.reduceRight((inner, { head, foot }) => head + inner + foot, text);
}

type Pieces = readonly (Piece | Block<Piece>)[];

function sourceOf(pieces: Pieces, ofText = (text: string) => text): string {
  return pieces
    .map((piece) => {
      if (piece.kind === 'text') return ofText(piece.text);
      if (piece.kind === 'mustache') return piece.text;
      return piece.branches.map(({ head, inner }) => head + sourceOf(inner, ofText)).join('') + piece.foot;
    })
    .join('');
}

/** A block between written values, so that each of them is whole. */
function isChoice(pieces: Pieces): boolean {
  if (pieces.length > 1) return false;
  return pieces.every((piece) =>
    piece.kind === 'block' ? piece.branches.every(({ inner }) => isChoice(inner)) : piece.kind === 'text',
  );
}

/** `url` refuses an address that is none, and these links are always there. */
function isNeverEmpty(pieces: Pieces): boolean {
  return pieces.some((piece) => {
    if (piece.kind === 'text') return piece.text.trim() !== '';
    if (piece.kind === 'mustache')
      return /^\{\{~?\s*(url\s|links\.(site|unsubscribe)\s*~?\}\})/.test(piece.text);
    return hasPlainElse(piece) && piece.branches.every(({ inner }) => isNeverEmpty(inner));
  });
}
