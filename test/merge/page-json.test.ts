import fc from 'fast-check';
import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { expect, test } from 'vitest';
import { mergePage } from '../../src/merge/merge-page.ts';
import { links, pack, profileOf, sender, snapshotOf } from './shown.ts';

type Node = DefaultTreeAdapterTypes.ChildNode;

const assets = { scriptUrl: '/site/site.js', nonce: 'bm9uY2U=' };
const snapshot = snapshotOf(profileOf());
const piece = fc.oneof(
  fc.constantFrom(
    '</script>',
    '</SCRIPT ',
    '<script>',
    '<!--',
    '--!>',
    '-->',
    ']]>',
    '<![CDATA[',
    '&lt;/script&gt;',
  ),
  fc.constantFrom(
    '\u2028',
    '\u2029',
    '\0',
    '\ud83d',
    '\\',
    '\\u003c',
    '"',
    "'",
    '`',
    '${',
    '{{',
    '$&',
    '$1',
    '\r\n',
    '</body></html>',
  ),
  fc.string({ unit: 'binary', maxLength: 8 }),
);
const hostile = fc.array(piece, { minLength: 1, maxLength: 12 }).map((pieces) => pieces.join(''));

function elements(node: { readonly childNodes: readonly Node[] }): DefaultTreeAdapterTypes.Element[] {
  return node.childNodes.flatMap((child) => ('tagName' in child ? [child, ...elements(child)] : []));
}

function look(html: string) {
  const all = elements(parse(html));
  const scripts = all.filter(({ tagName }) => tagName === 'script');
  const data = scripts.find(({ attrs }) =>
    attrs.some((it) => it.name === 'id' && it.value === 'dearly-page'),
  );
  const [text] = data?.childNodes ?? [];
  return {
    tags: all.map(({ tagName }) => tagName),
    data: JSON.parse(text && 'value' in text ? text.value : 'null'),
  };
}

/** As an HTML parser reads the page, whose rules for scripts are not those of JSON. */
test('whatever the data holds, the page has the same elements, and its script reads the same data', () => {
  const plain = look(mergePage(snapshot, pack, { links, sender, assets }));
  fc.assert(
    fc.property(hostile, (text) => {
      const { storyboard } = snapshot;
      if (storyboard === null) throw new Error('the pack has no film');
      const scenes = storyboard.scenes.map((it) => ({
        ...it,
        caption: text,
        chapter: text,
        props: { [text]: text },
      }));
      const told = {
        ...snapshot,
        storyboard: { ...storyboard, title: text, scenes },
        view: { ...snapshot.view, greeting: text },
      };
      const html = mergePage(told, pack, {
        links: { ...links, answer: `https://x/${text}` },
        sender,
        assets,
      });
      const read = look(html);
      expect(read.tags).toEqual(plain.tags);
      const said = { title: text, scene: { caption: text, chapter: text, props: { [text]: text } } };
      expect(read.data.storyboard).toMatchObject({ title: said.title, scenes: scenes.map(() => said.scene) });
    }),
    { numRuns: 60 },
  );
});
