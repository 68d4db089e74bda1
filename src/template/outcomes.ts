// Enters: attributes with blocks in them. Leaves: every outcome, and the key that tells one from another.
// Never: an outcome that depends on data itself; whoever asks is told that there is no end to them.
import type { Block } from './mjml-tree.ts';
import { asOpening, hasPlainElse, verbOf } from './mjml-tree.ts';

export interface Outcome<Value> {
  /** What the key renders to; no label is the beginning of another. */
  readonly label: string;
  readonly values: readonly Value[];
}

export interface Outcomes<Value> {
  /** Handlebars that renders the label of the outcome; empty where there is but one. */
  readonly key: string;
  readonly list: readonly Outcome<Value>[];
}

/** What stands around a value within the attribute: its scope, when the value is taken out. */
export interface Around {
  readonly head: string;
  readonly foot: string;
}

type Leaf<Item, Value> = (item: Item, around: readonly Around[]) => Outcomes<Value> | null;

/**
 * @param isRepeated whether a list writes its items one after the other, as in a value; of whole attributes the first counts
 * @returns null where some part has no end of outcomes
 */
export function outcomesOf<Item extends { readonly kind: string }, Value>(
  items: readonly (Item | Block<Item>)[],
  leaf: Leaf<Item, Value>,
  isRepeated = false,
  around: readonly Around[] = [],
): Outcomes<Value> | null {
  let all: Outcomes<Value> = { key: '', list: [{ label: '', values: [] }] };
  for (const item of items) {
    const next = isBlock(item) ? blockOutcomes(item, leaf, isRepeated, around) : leaf(item, around);
    if (next === null) return null;
    all = {
      key: all.key + next.key,
      list: all.list.flatMap((one) =>
        next.list.map((two) => ({ label: one.label + two.label, values: [...one.values, ...two.values] })),
      ),
    };
    if (all.list.length > mostOutcomes) return null;
  }
  return all;
}

/** Above this, the number of shapes is beyond any use. */
const mostOutcomes = 64;

function blockOutcomes<Item extends { readonly kind: string }, Value>(
  block: Block<Item>,
  leaf: Leaf<Item, Value>,
  isRepeated: boolean,
  around: readonly Around[],
): Outcomes<Value> | null {
  const list: Outcome<Value>[] = [];
  let key = '';
  for (const [index, { head, inner }] of block.branches.entries()) {
    const verb = verbOf(head);
    const each = verb === 'each';
    if (each && (isRepeated || inner.some(isBlock))) return null;
    const scopes = [...around, ...scopeOf(verb, head)];
    const found = outcomesOf(inner, leaf, isRepeated, scopes);
    if (found === null) return null;
    // Of an attribute that is there several times, the first is the one that counts.
    const own = `${letters[index]}${found.key}`;
    key += head + (each ? `{{#if @first}}${own}{{/if}}` : own);
    list.push(...found.list.map(({ label, values }) => ({ label: letters[index] + label, values })));
  }
  if (!hasPlainElse(block)) {
    key += '{{else}}-';
    list.push({ label: '-', values: [] });
  }
  return { key: key + block.foot, list };
}

const letters = 'abcdefghijklmnopqrstuvwxyz';

function scopeOf(verb: string, head: string): readonly Around[] {
  if (verb === 'with') return [{ head: asOpening(head), foot: '{{/with}}' }];
  if (verb === 'each') return [{ head: `${asOpening(head)}{{#if @first}}`, foot: '{{/if}}{{/each}}' }];
  return [];
}

function isBlock<Item extends { readonly kind: string }>(item: Item | Block<Item>): item is Block<Item> {
  return item.kind === 'block';
}
