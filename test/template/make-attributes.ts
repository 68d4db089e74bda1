// `mjml` puts its components into mjml-core's list; without it the list is empty.
import 'mjml';
import fc from 'fast-check';
import { components } from 'mjml-core';
import { block, type Make, pick, type Scope, type Text, value } from './make-blocks.ts';

/** Attributes that MJML's components know, each with its type: read from MJML, so that none is forgotten. */
function known(element: string): readonly (readonly [name: string, type: string])[] {
  const { allowedAttributes = {} } = components[element] as { allowedAttributes?: Record<string, string> };
  return Object.entries({ ...allowedAttributes, 'css-class': 'string', 'mj-class': 'string' }).filter(
    ([name]) => !fixed.has(name),
  );
}

/** `gap`, `gutter` beside blocks and `hamburger` in a list are refused; of `name` an icon hangs on. */
const fixed = new Set(['gap', 'gutter', 'hamburger', 'name', 'usemap', 'id']);

export const words = pick(['Guten Tag', 'x', 'a &amp; b', '1 &lt; 2', '']);

/** Where a value of an attribute may come from: written, data, or a block. */
function inValue(scope: Scope, written: Text): Text {
  const data: Make = (at) => fc.oneof(written, value(at));
  return fc.oneof({ weight: 3, arbitrary: written }, value(scope), block(scope, data, 'none'));
}

/** Values that MJML computes with: written, or one of two. */
function chosen(scope: Scope, written: Text): Text {
  return fc.oneof(
    { weight: 20, arbitrary: written },
    fc
      .tuple(pick(scope.conditions), written, written)
      .map(([it, yes, no]) => `{{#if ${it}}}${yes}{{else}}${no}{{/if}}`),
  );
}

const colors = pick(['#aabbcc', '#123', '#ffffff', 'red']);
const color: Make = (scope) =>
  fc.oneof(
    { weight: 3, arbitrary: colors },
    fc.constant('{{@root.color}}'),
    fc
      .tuple(pick(scope.conditions), colors)
      .map(([it, one]) => `{{#if ${it}}}${one}{{else}}{{@root.color}}{{/if}}`),
  );
const link: Make = (scope) =>
  fc.oneof(
    { weight: 2, arbitrary: fc.constant('https://a.example/x') },
    { weight: 2, arbitrary: fc.constant('{{url @root.link}}') },
    pick(scope.conditions).map((it) => `{{#if ${it}}}https://a.example/y{{/if}}`),
  );
const cssClass: Make = (scope) =>
  fc.oneof(
    pick(['one', 'one two']),
    pick(scope.conditions).map((it) => `one{{#if ${it}}} two{{/if}}`),
    fc.constant('{{@root.classes}}'),
  );

/** Parents that hand attributes down change them on the way: their values are written, or chosen. */
const handsDown = new Set(['mj-accordion', 'mj-accordion-element', 'mj-navbar', 'mj-carousel', 'mj-social']);
const open = new Set(
  ['alt', 'title', 'rel', 'target', 'font-family', 'font-style', 'font-weight', 'text-decoration'].concat([
    'text-transform',
    'sizes',
  ]),
);
const examples: Readonly<Record<string, readonly string[]>> = {
  alt: ['x', 'a &amp; b', ''],
  title: ['x', 'a &amp; b'],
  rel: ['noopener'],
  target: ['_self'],
  'font-family': ['Arial', 'Georgia, serif', 'Raleway'],
  'font-style': ['italic'],
  'font-weight': ['bold', '700'],
  'text-decoration': ['underline'],
  'text-transform': ['uppercase'],
  sizes: ['(max-width: 500px) 100vw'],
  srcset: ['https://a.example/2 2x'],
  mode: ['fixed-height', 'fluid-height'],
  'background-position': ['center', 'left 10px'],
  'background-position-x': ['left', '20%'],
  'background-position-y': ['top'],
  'background-size': ['cover', 'contain', '100px auto', 'auto'],
  'mj-class': ['soft', 'soft hard', 'none'],
};

function valueFor(element: string, name: string, type: string, scope: Scope): Text {
  if (type === 'color') return handsDown.has(element) ? chosen(scope, colors) : color(scope);
  if (name === 'css-class') return cssClass(scope);
  if (/^(href|background-url)$/.test(name)) return link(scope);
  if (/(^|-)(src|url)$|^(left|right)-icon$/.test(name)) return pick(['https://a.example/p.png']);
  const some = pick(
    type.startsWith('enum') ? valuesOf(name, type) : (examples[name] ?? valuesOf(name, type)),
  );
  if (name === 'mj-class') return some;
  return open.has(name) && !handsDown.has(element) ? inValue(scope, some) : chosen(scope, some);
}

function valuesOf(name: string, type: string): readonly string[] {
  const options = /^enum\((.*)\)$/
    .exec(type)?.[1]
    ?.split(',')
    .filter((it) => it !== '');
  if (options !== undefined) return options;
  if (type === 'boolean') return ['true', 'false'];
  if (type === 'integer') return ['0', '4'];
  if (name.includes('radius')) return ['4px', '8px 2px'];
  if (name.includes('border') && type === 'string') return ['1px solid #000000', 'none', '2px dashed red'];
  if (type.includes('{1,4}')) return ['0', '10px 20px', '4px 8px 12px', '1px 2px 3px 4px'];
  if (/width/.test(name) && type.includes('%')) return ['30%', '200px', '50%'];
  if (/width/.test(name)) return ['100px', '900px', '3px'];
  if (type.startsWith('unit')) return ['12px', '30px'];
  return ['x'];
}

/** Some attributes, sometimes with a block around one. */
export function inTag(element: string, scope: Scope, most = 3): Text {
  const one = fc
    .constantFrom(...known(element))
    .chain(([name, type]) =>
      valueFor(element, name, type, scope).map((text) => [name, `${name}="${text}"`] as const),
    );
  const blocked = fc
    .tuple(one, pick(scope.conditions), fc.integer({ min: 0, max: 16 }))
    .map(([[name, text], condition, chance]) =>
      chance === 0 ? ([name, `{{#if ${condition}}}${text}{{/if}}`] as const) : ([name, text] as const),
    );
  return fc
    .uniqueArray(blocked, { maxLength: most, selector: ([name]) => name })
    .map((all) => all.map(([, text]) => ` ${text}`).join(''));
}
