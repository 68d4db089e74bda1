/**
 * How MJML treats an attribute whose value is not known at load:
 * `as-is`: it writes the value down and never looks at it.
 * `empty-or-not`: as it is, but an empty one makes other HTML.
 * `reads`: it computes with the value or decides by it, so that the value must be known.
 * Read in the source of MJML 5.4; test/template/merged-equals-slow.test.ts holds it to that.
 */
export type AttributeRule = 'as-is' | 'empty-or-not' | 'reads';

const asIs = new Set(
  ['alt', 'title', 'src', 'srcset', 'sizes', 'rel', 'target', 'usemap', 'css-class', 'lang', 'dir']
    .concat(['color', 'background-color', 'inner-background-color', 'container-background-color'])
    .concat(['border-color', 'font-family'])
    .concat(['font-size', 'font-style', 'font-weight', 'line-height', 'letter-spacing', 'text-decoration'])
    .concat(['text-transform', 'text-align', 'vertical-align']),
);
const branching = new Set(
  ['mj-button', 'mj-image', 'mj-social-element']
    .map((element) => `${element} href`)
    .concat(
      ['mj-section', 'mj-wrapper', 'mj-hero'].flatMap((element) =>
        ['background-url', 'background-color', 'border-radius'].map((name) => `${element} ${name}`),
      ),
      ['mj-column border-radius', 'mj-social-element src', 'mj-social-element background-color'],
      ['mj-social-element srcset', 'mj-social-element sizes'],
    ),
);
const plain = new Set(
  ['mj-text', 'mj-button', 'mj-image', 'mj-table']
    .map((element) => `${element} align`)
    .concat(['mj-button name', 'mj-image name', 'mj-navbar-link href', 'mj-button border-radius'])
    .concat([
      'mj-image border-radius',
      'mj-spacer height',
      'mj-divider border-width',
      'mj-divider border-style',
    ]),
);
const social = new Set(['mj-social', 'mj-carousel', 'mj-navbar', 'mj-accordion', 'mj-accordion-element']);

export function ruleOf(element: string, attribute: string): AttributeRule {
  const both = `${element} ${attribute}`;
  if (branching.has(both)) return 'empty-or-not';
  if (plain.has(both)) return 'as-is';
  // These hand attributes down to what they hold, changed on the way.
  if (social.has(element)) return attribute === 'css-class' ? 'as-is' : 'reads';
  return asIs.has(attribute) ? 'as-is' : 'reads';
}

export function isColor(attribute: string): boolean {
  return /(^|-)color$/.test(attribute);
}
