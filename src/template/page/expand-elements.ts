// Enters: site.hbs. Leaves: the same with each empty element of ours written out in Handlebars, for those whose browser runs no script.
// Never: a line more or less, so that a fault still names the author's line; never an element that has content of its own.

/** What stands for an empty `<dearly-form name="meter"></dearly-form>`: its content, without a line break. */
export type Expand = (attributes: Readonly<Record<string, string>>) => string;

const element = /<(dearly-[a-z]+)((?:\s+[a-z-]+(?:="[^"{}<>]*")?)*)\s*>\s*<\/\1>/g;

export function expandElements(source: string, expanders: Readonly<Record<string, Expand>>): string {
  return source.replace(element, (whole, name: string, attributes: string) => {
    const expand = Object.hasOwn(expanders, name) ? expanders[name] : undefined;
    if (expand === undefined) return whole;
    const lines = '\n'.repeat(whole.split('\n').length - 1);
    return `<${name}${attributes}>${expand(readAttributes(attributes))}${lines}</${name}>`;
  });
}

/** `name="meter"` and such; one without a value is an empty text. */
export function readAttributes(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/([a-z-]+)(?:="([^"]*)")?/g)].map(([, name = '', value = '']) => [name, value]),
  );
}
