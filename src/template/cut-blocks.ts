// Enters: a template with {{#block "name"}} … {{/block}} in it. Leaves: Cut, and the text with its blocks in another order.
// Never: a judgement; that blocks are whole and stand side by side is lint/block-place.ts's.
import { mustachePattern } from './nest-blocks.ts';

export interface Cut {
  /** What stands between the blocks, always one text more than there are blocks. */
  readonly between: readonly string[];
  readonly blocks: readonly { readonly name: string; readonly text: string }[];
}

const tag = /\{\{#block\s+["'](?<name>[^"']*)["']\s*\}\}|\{\{\/block\s*\}\}/.source;
/** As Handlebars has it: a tag alone on its line takes the line with it. Comments and other mustaches are passed over whole. */
const tags = new RegExp(
  `(?<=^|\\n)[ \\t]*(?:${tag})[ \\t]*(?:\\r?\\n|$)|${tag.replace('name', 'within')}|${mustachePattern}`,
  'g',
);

export function cutBlocks(source: string): Cut {
  const texts: string[] = [];
  const names: string[] = [];
  let end = 0;
  for (const { index, 0: whole, groups } of source.matchAll(tags)) {
    const name = groups?.name ?? groups?.within;
    if (name === undefined && !/^\s*\{\{\/block\s*\}\}/.test(whole)) continue;
    if (name !== undefined) names.push(name);
    texts.push(source.slice(end, index));
    end = index + whole.length;
  }
  texts.push(source.slice(end));
  return {
    between: texts.filter((_, index) => index % 2 === 0),
    blocks: names.map((name, index) => ({ name, text: texts[2 * index + 1] ?? '' })),
  };
}

/**
 * The places of the blocks are slots: these names fill them in order, and slots left over stay empty.
 * @param names left out: as written. A name that is not here is passed over: other files of the pack may have it.
 */
export function arrangeBlocks({ between, blocks }: Cut, names?: readonly string[]): string {
  const texts = new Map(blocks.map((block) => [block.name, block.text]));
  const chosen = (names ?? [...texts.keys()]).flatMap((name) => texts.get(name) ?? []);
  return between.map((text, index) => text + (chosen[index] ?? '')).join('');
}
