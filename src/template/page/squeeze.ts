// What nobody sees in a page, but everybody would load: comments and spaces of rules, indentation of the page's template.
import { generate, parse } from 'css-tree';

/** The same rules in fewer bytes; what css-tree does not know passes as it is. */
export function squeezeCss(css: string): string {
  return generate(parse(css, { parseCustomProperty: true }));
}

/** Line by line, so that a fault still names the author's line. Where spaces may be meant, all stay. */
export function squeezeHtml(source: string): string {
  return /<(pre|textarea)\b/i.test(source) ? source : source.replace(/^[ \t]+/gm, '');
}
