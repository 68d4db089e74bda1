import mjml2html from 'mjml';
import type { MJMLParsingOptions } from 'mjml-core';
import { lowerMjml } from './lower-mjml.ts';
import type { MjmlNode } from './lowering.ts';
import { countedRows } from './mjml-components.ts';
import { hasSlot, makeSlots } from './mjml-slots.ts';
import type { LineFault } from './mjml-tree.ts';
import { parseMjml } from './parse-mjml.ts';
import { refuseInlined } from './refuse-inlined.ts';
import { sayMjml } from './say-mjml.ts';

/**
 * MJML with Handlebars in, HTML with Handlebars out: run once for a pack, since whatever differs by person, language
 * or variant is still a mustache afterwards.
 * @param file stands before the line of every fault
 */
export async function compileMjml(
  source: string,
  file: string,
): Promise<{ readonly html: string; readonly faults: readonly string[] }> {
  const { root, faults } = parseMjml(source);
  const told = (all: readonly LineFault[]) => [
    ...new Set(all.map(({ line, text }) => `${file}:${line}: ${text}`)),
  ];
  if (root === null) return { html: '', faults: [`${file}:1: no <mjml> stands here; begin with it`] };
  const slots = makeSlots();
  const refused: LineFault[] = [];
  const emptied = new Set<string>();
  const tree = lowerMjml(root, {
    slots,
    faults: refused,
    emptied,
    hasGaps: /\s(gap|gutter)\s*=/.test(source),
    hasOddWidths: /\swidth\s*=\s*["']?(33|16|14|12|11|9|8)%/.test(source),
    hasPlaces: /\{\{#block\s/.test(source),
    inHead: false,
    isRepeated: false,
  });
  const wrong = [...faults, ...refused, ...refuseInlined(root)];
  if (wrong.length > 0) return { html: '', faults: told(wrong) };
  try {
    const { html, errors } = await run(tree);
    const restored = slots.restore(html);
    const invalid = errors
      .filter(({ line, message }) => !hasSlot(message) && !emptied.has(`${line} ${emptyIn(message)}`))
      .map(({ line, message, tagName }) => ({ line, text: sayMjml(message, tagName) }));
    const lost = restored.lost.map(({ line, text }) => ({
      line,
      text: `${text} is dropped by MJML; move it into an mj-text or mj-raw`,
    }));
    return { html: fold(restored.html), faults: told([...invalid, ...lost]) };
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    return { html: '', faults: [`${file}:1: ${sayMjml(message, 'mjml')}`] };
  }
}

function run(tree: MjmlNode) {
  // No fonts: MJML would have every reader's mail program call Google.
  const options: MJMLParsingOptions & { readonly presets: readonly unknown[] } = {
    validationLevel: 'soft',
    fonts: {},
    keepComments: false,
    presets: [countedRows],
  };
  return mjml2html(tree, options);
}

function emptyIn(message: string): string {
  return /^Attribute (\S+) has invalid value: {2}for /.exec(message)?.[1] ?? '';
}

/** Indentation that nobody sees is a third of MJML's output. A line break stays one, since it may part two words. */
function fold(html: string): string {
  return html.replace(/[ \t]*\n[ \t\n]*/g, '\n').trim();
}
