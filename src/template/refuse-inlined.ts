import type { Block, Child, Element, LineFault } from './mjml-tree.ts';

/**
 * `<mj-style inline="inline">` and `<mj-html-attributes>` look for tags when the email is compiled: what a selector
 * finds must not hang on data by then.
 */
export function refuseInlined(root: Element): readonly LineFault[] {
  const all = [...elementsOf(root.children)];
  const styles = all.filter(
    ({ name, attributes }) =>
      name === 'mj-html-attributes' ||
      (name === 'mj-style' && attributes.some((it) => it.kind === 'attribute' && it.name === 'inline')),
  );
  const [first] = styles;
  if (first === undefined) return [];
  const faults: LineFault[] = [];
  for (const { name, line, content } of styles)
    if (hasBlocks(root.children) && countsNeighbours.test(content ?? ''))
      faults.push({
        line,
        text: `<${name}> with a selector that counts neighbours, which blocks take away or repeat; choose by class`,
      });
  const at = `when <${first.name}> in line ${first.line} looks for classes and styles`;
  for (const { name, line, attributes, content } of all) {
    const isOpen = attributes.some(
      (it) =>
        it.kind === 'attribute' && it.name === 'css-class' && it.value.some((piece) => piece.kind !== 'text'),
    );
    if (isOpen)
      faults.push({
        line,
        text: `css-class of <${name}> is not known ${at}; put the block around the whole tag`,
      });
    if (name !== 'mj-style' && dynamicInTag.test(content ?? ''))
      faults.push({
        line,
        text: `a class or style within <${name}> is not known ${at}; put the block around the whole tag, or take inline="inline" out`,
      });
  }
  return faults;
}

const countsNeighbours = /[+~]|:(?:first|last|nth|only|empty|not|has)\b/;
const dynamicInTag = /\b(?:class|style)\s*=\s*(?:"[^"]*\{\{|'[^']*\{\{)/;

function hasBlocks(nodes: readonly (Child | Block<Child>)[]): boolean {
  return nodes.some((node) => node.kind === 'block' || (node.kind === 'element' && hasBlocks(node.children)));
}

function* elementsOf(nodes: readonly (Child | Block<Child>)[]): Generator<Element> {
  for (const node of nodes) {
    if (node.kind === 'block') for (const { inner } of node.branches) yield* elementsOf(inner);
    if (node.kind !== 'element') continue;
    yield node;
    yield* elementsOf(node.children);
  }
}
