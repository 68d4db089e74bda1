// `mjml` puts its components into mjml-core's list; without it the list is empty.
import 'mjml';
import { components } from 'mjml-core';

/** What MJML's validator says of a tag, with the way out: `what; how`. */
export function sayMjml(message: string, tag: string): string {
  for (const [pattern, say] of phrases) {
    const found = pattern.exec(message);
    if (found !== null) return say(tag, found.slice(1));
  }
  return `${message} <${tag}>`;
}

type Phrase = (tag: string, parts: readonly string[]) => string;

const phrases: readonly (readonly [RegExp, Phrase])[] = [
  [/^Element \S+ doesn't exist/, (tag) => `<${tag}> is no tag of MJML; ${inPlaceOf(tag)}`],
  [
    /^Attributes? (.+) (?:is|are) illegal/,
    (tag, [names = '']) =>
      `<${tag}> has no ${names}; there are ${[...Object.keys(attributesOf(tag)), 'css-class', 'mj-class'].sort().join(', ')}`,
  ],
  [
    /^Attribute (\S+) has invalid value: (.*?) for type \w+, (?:only )?accepts (.*)$/,
    (tag, [name = '', value = '', rule = '']) =>
      `${name}="${value}" of <${tag}> is none; write ${asWritten(rule)}`,
  ],
  [
    /^\S+ cannot be used inside (\S+), only inside: (.*)$/,
    (tag, [outer = '', inner = '']) =>
      `<${tag}> has no place in <${outer}>; put it into ${listed(inner.split(', ').filter((it) => it !== 'mj-attributes'))}`,
  ],
  [/^Malformed MJML/, () => 'no <mj-body> stands in <mjml>; write <mjml><mj-body> … </mj-body></mjml>'],
];

function attributesOf(tag: string): Readonly<Record<string, string>> {
  const component = components[tag] as { readonly allowedAttributes?: Record<string, string> } | undefined;
  return component?.allowedAttributes ?? {};
}

/** HTML belongs into tags that pass it on; of a slip of the pen the nearest names are told. */
function inPlaceOf(tag: string): string {
  if (!tag.startsWith('mj-')) return 'HTML goes into <mj-text>, <mj-table> or <mj-raw>';
  const letters = new Set(tag);
  const likeness = (name: string) =>
    2 * [...new Set(name)].filter((it) => letters.has(it)).length -
    new Set(name).size -
    Math.abs(name.length - tag.length);
  const near = Object.keys(components).sort((a, b) => likeness(b) - likeness(a));
  return `did you mean ${listed(near.slice(0, 3))}?`;
}

function listed(tags: readonly string[]): string {
  return tags.map((it) => `<${it}>`).join(' or ');
}

/** `(px, %) units and 1 to 4 value(s)` as a person would say it. */
function asWritten(rule: string): string {
  const [, units, count = ''] = /^\((.*?)\) units(?: and (.*) value\(s\))?$/.exec(rule) ?? [];
  if (units === undefined) return rule;
  return `${count === '' || count === '1' ? 'a number' : `${count} numbers`} with ${units.replaceAll(', ', ' or ')}`;
}
