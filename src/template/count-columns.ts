import type { Block, Child } from './mjml-tree.ts';
import { hasPlainElse, verbOf } from './mjml-tree.ts';

export interface Columns {
  /** Handlebars that renders one sign for each column that stands there. */
  readonly key: string;
  readonly least: number;
  /** Infinity where a list decides. */
  readonly most: number;
}

/** What stands side by side in a section or group, for all outcomes of the blocks around it. */
export function countColumns(nodes: readonly (Child | Block<Child>)[]): Columns {
  let all: Columns = { key: '', least: 0, most: 0 };
  for (const node of nodes) {
    const { key, least, most } = node.kind === 'block' ? inBlock(node) : one(node);
    all = { key: all.key + key, least: all.least + least, most: all.most + most };
  }
  return all;
}

function one(node: Child): Columns {
  const counts = node.kind === 'element' && node.name !== 'mj-raw';
  return counts ? { key: '|', least: 1, most: 1 } : { key: '', least: 0, most: 0 };
}

function inBlock(block: Block<Child>): Columns {
  const found = block.branches.map(({ head, inner }) => {
    const { key, least, most } = countColumns(inner);
    const isList = verbOf(head) === 'each';
    return { key: head + key, least: isList ? 0 : least, most: isList && most > 0 ? Infinity : most };
  });
  return {
    key: `${found.map((it) => it.key).join('')}${block.foot}`,
    least: hasPlainElse(block) ? Math.min(...found.map((it) => it.least)) : 0,
    most: Math.max(...found.map((it) => it.most)),
  };
}
