// Enters: the tree of an email. Leaves: the tree that MJML takes, slots in place of Handlebars, and an element once for
// each shape that its blocks can give it. Never: a guess; what MJML would have to know at load is refused.
import { countColumns } from './count-columns.ts';
import { lowerAttributes } from './lower-attributes.ts';
import type { Attributes, Lowering, MjmlNode, Shape, Shapes } from './lowering.ts';
import { slotContent } from './mjml-slots.ts';
import { type Block, type Child, type Element, verbOf } from './mjml-tree.ts';
import { mostColumns } from './shape-blocks.ts';

/** Where a block between tags may stand: whatever it takes away or repeats, its neighbours stay as they are. */
const stacks = new Set(['mj-body', 'mj-wrapper', 'mj-column', 'mj-hero', 'mj-social']);
const rows = new Set(['mj-section', 'mj-group']);
/** More copies of one element than this, and a section is better written twice. */
const mostCopies = 400;

export function lowerMjml(root: Element, to: Lowering): MjmlNode {
  return only(lowerElement(root, to, 1));
}

function only(nodes: readonly MjmlNode[]): MjmlNode {
  return nodes[0] ?? { tagName: 'mjml', attributes: {}, line: 1, children: [] };
}

function lowerElement(
  element: Element,
  to: Lowering,
  copies: number,
  siblings?: number,
): readonly MjmlNode[] {
  if (to.isRepeated && isTied(element))
    to.faults.push({
      line: element.line,
      text: `<${element.name}> stands in {{#each}}, and its parts find each other by an id, which would be there many times; write it outside of the list`,
    });
  const shapes = lowerAttributes(element, to);
  return pickOne(shapes, element, to, copies, ({ attributes }, copiesNow) =>
    withChildren(element, attributes, to, copiesNow, siblings),
  );
}

function withChildren(
  element: Element,
  attributes: Attributes,
  to: Lowering,
  copies: number,
  siblings: number | undefined,
): readonly MjmlNode[] {
  const node = {
    tagName: element.name,
    attributes,
    line: element.line,
    ...(siblings === undefined ? {} : { siblings }),
  };
  if (element.content !== null) {
    const inside = element.content;
    const filled = () => {
      const content = slotContent(inside, element.line, to.slots).trim();
      return [{ ...node, children: [], ...(content === '' ? {} : { content }) }];
    };
    if (element.name !== 'mj-social-element' || !inside.includes('{{')) return filled();
    // Of these alone, MJML writes less HTML where there is nothing in it.
    const list = [
      { label: 'filled', attributes, make: filled },
      { label: 'empty', attributes, make: () => [{ ...node, children: [] }] },
    ];
    const key = `{{#dearlyFilled}}${inside}{{/dearlyFilled}}`;
    return pickOne({ key, list }, element, to, copies, ({ make }) => make());
  }
  if (!rows.has(element.name)) {
    const inside = element.name === 'mj-head' ? { ...to, inHead: true } : to;
    return [{ ...node, children: lowerChildren(element.children, element, inside, copies) }];
  }

  const columns = countColumns(element.children);
  const { least } = columns;
  const most = Math.max(least, Math.min(columns.most, mostColumns));
  if (least > mostColumns || (columns.most > mostColumns && columns.most !== Infinity)) {
    const count = columns.most === Infinity ? columns.least : columns.most;
    to.faults.push({
      line: element.line,
      text: `<${element.name}> holds up to ${count} columns by its blocks; at most ${mostColumns} can stand side by side, so put the rest into a section of its own`,
    });
  }
  const shapes = Array.from({ length: most - least + 1 }, (_, index): Shape & { count: number } => ({
    label: String(least + index),
    attributes,
    count: Math.max(1, least + index),
  }));
  const isFixed = shapes.length === 1 || allHaveWidth(element.children);
  if ((!isFixed || to.hasPlaces) && to.hasOddWidths && hasOpenGroup(element.children))
    to.faults.push({
      line: element.line,
      text: `<${element.name}> holds a <mj-group> whose width hangs on a block, in an email with a width such as 33%: MJML gives both one class; give the group a width`,
    });
  return pickOne(
    {
      key: `{{#dearlyCount}}${columns.key}{{/dearlyCount}}`,
      list: isFixed ? shapes.slice(0, 1) : shapes,
    },
    element,
    to,
    copies,
    ({ count }, copiesNow) => [
      { ...node, children: lowerChildren(element.children, element, to, copiesNow, count) },
    ],
  );
}

/** Columns that say how wide they are do not care how many they are. */
function allHaveWidth(nodes: readonly (Child | Block<Child>)[]): boolean {
  return nodes.every((node) => {
    if (node.kind === 'block') return node.branches.every(({ inner }) => allHaveWidth(inner));
    if (node.kind === 'mustache' || node.name === 'mj-raw') return true;
    return node.attributes.some(
      (it) => it.kind === 'attribute' && it.name === 'width' && it.value.length > 0,
    );
  });
}

function hasOpenGroup(nodes: readonly (Child | Block<Child>)[]): boolean {
  return nodes.some((node) => {
    if (node.kind === 'block') return node.branches.some(({ inner }) => hasOpenGroup(inner));
    return node.kind === 'element' && node.name === 'mj-group' && !allHaveWidth([node]);
  });
}

/** The element once for each shape, and around them the Handlebars that picks one. */
function pickOne<One extends Shape>(
  { key, list }: Shapes<One>,
  element: Element,
  to: Lowering,
  copies: number,
  make: (shape: One, copies: number) => readonly MjmlNode[],
): readonly MjmlNode[] {
  const [first] = list;
  if (first === undefined) return [];
  if (list.length === 1) return make(first, copies);
  if (copies * list.length > mostCopies) {
    to.faults.push({
      line: element.line,
      text: `<${element.name}> has ${copies * list.length} shapes by the blocks around it and in its attributes; at most ${mostCopies} are compiled, so write the section once for each outcome, or choose less by blocks`,
    });
    return make(first, copies);
  }
  const nodes = list.flatMap((shape, index) => [
    raw(
      `${index === 0 ? `{{#dearlyPick}}${key}{{else}}` : '{{/dearlyCase}}'}{{#dearlyCase "${shape.label}"}}`,
      element.line,
      to,
    ),
    ...make(shape, copies * list.length),
  ]);
  return [...nodes, raw('{{/dearlyCase}}{{/dearlyPick}}', element.line, to)];
}

function lowerChildren(
  nodes: readonly (Child | Block<Child>)[],
  parent: Element,
  to: Lowering,
  copies: number,
  siblings?: number,
): readonly MjmlNode[] {
  return nodes.flatMap((node) => {
    if (node.kind === 'element') return lowerElement(node, to, copies, siblings);
    if (node.kind === 'mustache') {
      const text = `${node.text} stands between tags, where MJML drops it; write it inside <mj-text>, <mj-table> or <mj-raw>`;
      to.faults.push({ line: node.line, text });
      return [];
    }
    refuseBlock(node, parent, to);
    const inside = node.branches.flatMap(({ head, inner }) => [
      raw(head, node.line, to),
      ...lowerChildren(inner, parent, inBranch(head, to), copies, siblings),
    ]);
    return [...inside, raw(node.foot, node.line, to)];
  });
}

function inBranch(head: string, to: Lowering): Lowering {
  return verbOf(head) === 'each' ? { ...to, isRepeated: true } : to;
}

/** What MJML gives an id of its own, once for all. */
function isTied({ name, attributes }: Element): boolean {
  return name === 'mj-carousel' || (name === 'mj-navbar' && hasHamburger(attributes));
}

function hasHamburger(attributes: Element['attributes']): boolean {
  return attributes.some((it) =>
    it.kind === 'block' ? it.branches.some(({ inner }) => hasHamburger(inner)) : it.name === 'hamburger',
  );
}

function refuseBlock(block: Block<Child>, { name }: Element, to: Lowering): void {
  const head = block.branches[0]?.head ?? '';
  const fault = (text: string) => to.faults.push({ line: block.line, text: `${head} ${text}` });
  if (!stacks.has(name) && !rows.has(name))
    fault(
      `stands in <${name}>, whose parts MJML must know; put the block around the whole <${name}>, or inside a tag's text`,
    );
  else if (to.hasGaps && (name === 'mj-wrapper' || rows.has(name)))
    fault(
      `stands in <${name}> of an email with gap or gutter, which MJML counts by position; use padding instead`,
    );
}

function raw(text: string, line: number, to: Lowering): MjmlNode {
  return { tagName: 'mj-raw', attributes: {}, line, content: to.slots.add(text, line), children: [] };
}
