// Enters: a tag in a cascade. Leaves: the colour its text has and the one behind it, where both are known.
// Never: a guess; a picture, a gradient or a variable behind the text leaves it unknown.
import { blend, type Color, parse } from 'culori';
import type { Element } from 'domhandler';
import type { Cascade, Scheme } from './cascade.ts';

export interface Look {
  readonly text: Color;
  readonly behind: Color;
  /** 24 px, or 18.66 px and bold: WCAG's large text. */
  readonly isLarge: boolean;
}

/** What is behind an email that has no colour of its own, by day. By night nobody knows. */
const canvas: Color = { mode: 'rgb', r: 1, g: 1, b: 1 };

/** @returns null where it is not shown, or cannot be known */
export function lookOf(tag: Element, cascade: Cascade, scheme: Scheme): Look | null {
  const line = lineage(tag);
  if (line.some((it) => isHidden(it, cascade, scheme))) return null;
  const text = textColor(line, cascade, scheme);
  const behind = colorBehind(line, cascade, scheme);
  if (text === null || behind === null) return null;
  const size = sizeOf(line, cascade, scheme);
  if (size === null || size === 0) return null;
  const weight = inherited(line, cascade, ['font-weight'], scheme) ?? '';
  const isBold =
    Number(weight) >= 700 || weight === 'bold' || line.some(({ name }) => /^(b|strong|h[1-6])$/.test(name));
  const isLarge = size >= 24 || (isBold && size >= 18.66);
  return { text: (text.alpha ?? 1) < 1 ? blend([behind, text]) : text, behind, isLarge };
}

/** The tag first, the root last. */
function lineage(tag: Element): Element[] {
  const line: Element[] = [];
  for (let at: Element['parent'] = tag; at !== null; at = at.parent) if ('attribs' in at) line.push(at);
  return line;
}

function isHidden(tag: Element, cascade: Cascade, scheme: Scheme): boolean {
  const says = (...names: string[]) => cascade.declared(tag, names, scheme);
  return (
    ['head', 'title', 'style', 'script'].includes(tag.name) ||
    says('display') === 'none' ||
    says('visibility') === 'hidden' ||
    /^0(px)?$/.test(says('max-height') ?? '') ||
    Number(says('opacity') ?? 1) < 1
  );
}

function textColor(line: readonly Element[], cascade: Cascade, scheme: Scheme): Color | null {
  for (const tag of line) {
    const value = cascade.declared(tag, ['color'], scheme) ?? tag.attribs.color;
    if (value !== undefined && value !== 'inherit') return read(value);
    // Each program has its own colour for links.
    if (tag.name === 'a' && value === undefined && tag.attribs.href !== undefined) return null;
  }
  return scheme === 'light' ? { mode: 'rgb', r: 0, g: 0, b: 0 } : null;
}

function colorBehind(line: readonly Element[], cascade: Cascade, scheme: Scheme): Color | null {
  let above: Color | null = null;
  for (const tag of line) {
    const picture = cascade.declared(tag, ['background-image'], scheme) ?? tag.attribs.background ?? 'none';
    if (picture !== 'none') return null;
    const value = cascade.declared(tag, ['background-color', 'background'], scheme) ?? tag.attribs.bgcolor;
    if (value === undefined || ['none', 'inherit', 'initial', ''].includes(value)) continue;
    const color = read(value);
    if (color === null) return null;
    above = above === null ? color : blend([color, above]);
    if ((color.alpha ?? 1) === 1) return above;
  }
  if (scheme === 'dark') return null;
  return above === null ? canvas : blend([canvas, above]);
}

/** Pixels; null where it hangs on something else. */
function sizeOf(line: readonly Element[], cascade: Cascade, scheme: Scheme): number | null {
  const value = inherited(line, cascade, ['font-size'], scheme);
  if (value === undefined) return 16;
  const pixels = /^([\d.]+)(px)?$/.exec(value)?.[1];
  return pixels === undefined ? null : Number(pixels);
}

function inherited(
  line: readonly Element[],
  cascade: Cascade,
  properties: readonly string[],
  scheme: Scheme,
): string | undefined {
  for (const tag of line) {
    const value = cascade.declared(tag, properties, scheme);
    if (value !== undefined && value !== 'inherit') return value;
  }
  return undefined;
}

/** `background` may hold a colour alone, which is all that is read of it. */
function read(value: string): Color | null {
  const isColor = /^(#[\da-f]{3,8}|[a-z]+(\(.*\))?)$/i.test(value.trim());
  return isColor ? (parse(value.trim()) ?? null) : null;
}
