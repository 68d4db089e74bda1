// Enters: drawn HTML. Leaves: Cascade, which declaration wins for a tag, by day or by night, as CSS has it.
// Never: a guess; values that CSS would have to compute (variables, keywords of the cascade) are left as they stand.
import { compile } from 'css-select';
import { type CssNode, generate, parse, walk } from 'css-tree';
import type { Document, Element } from 'domhandler';
import { tagsOf } from './source.ts';

export type Scheme = 'light' | 'dark';

interface Declared {
  readonly value: string;
  /** Compared from left to right: important, inline, ids, classes, types, order. */
  readonly weight: readonly number[];
}

interface Rule {
  readonly matches: (tag: Element) => boolean;
  readonly scheme: Scheme | 'both';
  readonly specificity: readonly number[];
  readonly declarations: readonly (readonly [property: string, value: string, important: boolean])[];
}

export interface Cascade {
  readonly hasDark: boolean;
  /** @returns what wins of these properties, the later-named ones being the same thing by another name */
  declared(tag: Element, properties: readonly string[], scheme: Scheme): string | undefined;
}

export function readCascade(document: Document): Cascade {
  const sheets = [...tagsOf(document.children)].filter(({ name }) => name === 'style');
  const rules = sheets.flatMap((sheet) => {
    const [first] = sheet.children;
    return first !== undefined && 'data' in first ? rulesOf(String(first.data)) : [];
  });
  const inline = new Map<Element, ReturnType<typeof declarationsOf>>();
  const inlineOf = (tag: Element) => {
    const known = inline.get(tag);
    if (known !== undefined) return known;
    const read =
      tag.attribs.style === undefined
        ? []
        : declarationsOf(parse(tag.attribs.style, { context: 'declarationList' }));
    inline.set(tag, read);
    return read;
  };
  // Every text asks all that is around it again.
  const settled = new Map<Element, Map<string, string | undefined>>();
  return {
    hasDark: rules.some(({ scheme }) => scheme === 'dark'),
    declared(tag, properties, scheme) {
      const key = `${scheme} ${properties}`;
      const known = settled.get(tag) ?? new Map<string, string | undefined>();
      settled.set(tag, known);
      if (!known.has(key)) known.set(key, settle(tag, properties, scheme));
      return known.get(key);
    },
  };

  function settle(tag: Element, properties: readonly string[], scheme: Scheme): string | undefined {
    const found: Declared[] = [];
    rules.forEach((rule, order) => {
      if (rule.scheme !== 'both' && rule.scheme !== scheme) return;
      const wanted = rule.declarations.filter(([property]) => properties.includes(property));
      if (wanted.length === 0 || !rule.matches(tag)) return;
      for (const [, value, important] of wanted)
        found.push({ value, weight: [Number(important), 0, ...rule.specificity, order] });
    });
    inlineOf(tag).forEach(([property, value, important], order) => {
      if (properties.includes(property))
        found.push({ value, weight: [Number(important), 1, 0, 0, 0, order] });
    });
    return found.reduce<Declared | undefined>((best, one) => (outweighs(one, best) ? one : best), undefined)
      ?.value;
  }
}

function outweighs(a: Declared, b: Declared | undefined): boolean {
  if (b === undefined) return true;
  const index = a.weight.findIndex((weight, at) => weight !== b.weight[at]);
  return index < 0 || (a.weight[index] ?? 0) > (b.weight[index] ?? 0);
}

function rulesOf(css: string): Rule[] {
  const rules: Rule[] = [];
  walk(parse(css), {
    visit: 'Rule',
    enter(rule) {
      const scheme = this.atrule === null ? 'both' : schemeOf(this.atrule.name, this.atrule.prelude);
      if (scheme === null || rule.prelude.type !== 'SelectorList') return;
      const declarations = declarationsOf(rule.block);
      for (const selector of rule.prelude.children) {
        const matches = matcherOf(generate(selector));
        if (matches !== null)
          rules.push({ matches, scheme, specificity: specificityOf(selector), declarations });
      }
    },
  });
  return rules;
}

/** Null for what holds on some screens only: neither phone nor print rules are looked into. */
function schemeOf(name: string, prelude: CssNode | null): Scheme | null {
  if (name !== 'media' || prelude === null) return null;
  const query = generate(prelude).replace(/\s/g, '');
  return /^\(prefers-color-scheme:(light|dark)\)$/.exec(query)?.[1] === 'dark' ? 'dark' : null;
}

/** Null for what a page at rest has not (`:hover`), or what only one program understands. */
function matcherOf(selector: string): ((tag: Element) => boolean) | null {
  if (/:(hover|focus|active|visited|link|target)|::/.test(selector)) return null;
  try {
    return compile(selector) as (tag: Element) => boolean;
  } catch {
    return null;
  }
}

function declarationsOf(block: CssNode): (readonly [string, string, boolean])[] {
  const found: (readonly [string, string, boolean])[] = [];
  walk(block, {
    visit: 'Declaration',
    enter: ({ property, value, important }) => {
      found.push([property.toLowerCase(), generate(value).trim(), important !== false]);
    },
  });
  return found;
}

function specificityOf(selector: CssNode): readonly number[] {
  const count = [0, 0, 0];
  const kinds: Readonly<Record<string, number>> = {
    IdSelector: 0,
    ClassSelector: 1,
    AttributeSelector: 1,
    PseudoClassSelector: 1,
    TypeSelector: 2,
  };
  walk(selector, (node) => {
    const kind = kinds[node.type];
    if (kind !== undefined) count[kind] = (count[kind] ?? 0) + 1;
  });
  return count;
}
