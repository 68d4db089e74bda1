import { describe, expect, it } from 'vitest';
import { arrangeBlocks, cutBlocks } from '../../src/template/cut-blocks.ts';
import { say } from './slowly.ts';
import { compileWith, faultsWith, mail } from './small-pack.ts';

const section = (text: string) =>
  `<mj-section><mj-column><mj-text>${text}</mj-text></mj-column></mj-section>`;
const block = (name: string, inside: string) => `{{#block "${name}"}}\n${inside}\n{{/block}}`;
const roots = { name: 'Ada', vip: true, orders: [], links: { unsubscribe: 'https://u.example' } };

const files = {
  'email.mjml': mail(
    [
      block('one', section('EINS')),
      section('MITTE'),
      block('two', section('ZWEI')),
      block('three', section('DREI')),
    ].join('\n'),
  ),
  'text.hbs': `A\n${block('one', 'EINS')}\nMITTE\n${block('two', 'ZWEI')}\n${block('three', '{{#if vip}}\nDREI\n{{/if}}')}\nZ`,
  'site.hbs': `<main>\n${block('one', '<p>EINS</p>')}\n<p>MITTE</p>\n${block('two', '<p>ZWEI</p>')}\n${block('three', '<p>DREI</p>')}\n</main>`,
};
const words = (html: string) => [...html.matchAll(/EINS|ZWEI|DREI|MITTE/g)].map(String).join(' ');

describe('a pack with blocks', async () => {
  const pack = await compileWith({ ...files, 'subject.short.hbs': 'kurz {{name}}' });
  const plain = await compileWith(
    Object.fromEntries(
      Object.entries(files).map(([file, text]) => [
        file,
        text.replace(/\{\{(#block "\w+"|\/block)\}\}\n/g, ''),
      ]),
    ),
  );
  const shown = (blocks: string[], part: 'email' | 'text' | 'site') =>
    words(pack.arranged({ blocks })[part]?.(roots, say) ?? '');

  it('names what a variant may choose', () => {
    expect(pack.blocks).toEqual(['one', 'two', 'three']);
    expect(pack.subjects).toEqual(['short']);
  });

  it('stands as it is written where nothing is chosen, to the letter', () => {
    for (const part of ['email', 'text', 'site'] as const)
      expect(pack.parts[part]?.(roots, say)).toBe(plain.parts[part]?.(roots, say));
  });

  it.each(['email', 'text', 'site'] as const)('fills the places in the order asked for: %s', (part) => {
    expect(shown(['three', 'one', 'two'], part)).toBe('DREI MITTE EINS ZWEI');
    expect(shown(['two'], part)).toBe('ZWEI MITTE');
    expect(shown(['three', 'unknown', 'one'], part)).toBe('DREI MITTE EINS');
  });

  it('chooses a subject, and falls back to the pack’s own preheader', async () => {
    const own = await compileWith({
      'subject.short.hbs': 'kurz {{name}}',
      'subject.long.hbs': 'lang',
      'preheader.hbs': 'davor',
      'preheader.long.hbs': 'länger',
    });
    const told = (subject: string) => {
      const parts = own.arranged({ subject });
      return [parts.subject?.(roots, say), parts.preheader?.(roots, say)];
    };
    expect(told('short')).toEqual(['kurz Ada', 'davor']);
    expect(told('long')).toEqual(['lang', 'länger']);
    expect(own.subjects).toEqual(['long', 'short']);
    expect(own.version).not.toBe(pack.version);
  });

  it('compiles an arrangement once', () => {
    const [first, again] = [
      pack.arranged({ blocks: ['two'] }),
      pack.arranged({ blocks: ['two'], subject: 'short' }),
    ];
    expect(again.email).toBe(first.email);
    expect(pack.arranged({ subject: 'short' }).email).toBe(pack.parts.email);
  });
});

it('takes a tag alone on its line with the line, and passes over comments', () => {
  const source =
    'a\n  {{#block "x"}}\nb\n  {{/block}}\n{{!-- {{#block "y"}} --}}c {{#block \'z\'}}d{{/block}} e';
  expect(arrangeBlocks(cutBlocks(source))).toBe('a\nb\n{{!-- {{#block "y"}} --}}c d e');
  expect(arrangeBlocks(cutBlocks(source), ['z', 'x'])).toBe('a\nd{{!-- {{#block "y"}} --}}c b\n e');
});

const refused: readonly [what: string, files: Record<string, string>, said: string][] = [
  [
    'a name that is data',
    { 'text.hbs': '{{#block name}}a{{/block}}' },
    'text.hbs:1: {{#block}} without a plain name',
  ],
  [
    'a name in capitals',
    { 'text.hbs': '\n{{#block "Eins"}}a{{/block}}' },
    'text.hbs:2: {{#block}} without a plain name',
  ],
  [
    'an else',
    { 'text.hbs': '{{#block "a"}}a{{else}}b{{/block}}' },
    'text.hbs:1: {{#block}} without a plain name',
  ],
  [
    'braces that eat white space',
    { 'text.hbs': '{{~#block "a"}}a{{/block}}' },
    'text.hbs:1: {{#block}} without',
  ],
  [
    'the same name twice',
    { 'text.hbs': `${block('a', 'x')}\n${block('a', 'y')}` },
    'text.hbs:4: {{#block "a"}} is there already (text.hbs:1)',
  ],
  [
    'a block in a block',
    { 'text.hbs': block('a', block('b', 'x')) },
    'text.hbs:2: {{#block "b"}} stands within another block; close the other one first',
  ],
  [
    'a block in a condition',
    { 'text.hbs': `{{#if vip}}\n${block('a', 'x')}\n{{/if}}` },
    'text.hbs:2: {{#block "a"}} stands in {{#if}}, so that its place would hang on data; put the {{#if}} inside the block',
  ],
  [
    'a block in a list of the email',
    { 'email.mjml': mail(`{{#each orders}}${block('a', section('x'))}{{/each}}`) },
    'email.mjml:3: {{#block "a"}} stands in {{#each}}',
  ],
  [
    'a block in a section',
    {
      'email.mjml': mail(
        `<mj-section>\n${block('a', '<mj-column><mj-text>x</mj-text></mj-column>')}\n</mj-section>`,
      ),
    },
    'email.mjml:4: {{#block "a"}} stands in <mj-section>, not directly in <mj-body>; put {{#block',
  ],
  [
    'a block in a wrapper',
    { 'email.mjml': mail(`<mj-wrapper>\n${block('a', section('x'))}\n</mj-wrapper>`) },
    'email.mjml:4: {{#block "a"}} stands in <mj-wrapper>, not directly in <mj-body>',
  ],
  [
    'half a section',
    { 'email.mjml': mail('{{#block "a"}}\n<mj-section>\n{{/block}}\n</mj-section>') },
    'email.mjml:3: {{#block "a"}} stands in <mj-body>, the rest of its block does not',
  ],
  [
    'half an element of the page',
    { 'site.hbs': '<main>{{#block "a"}}<p>{{/block}}</p></main>' },
    'site.hbs:1: {{#block "a"}} holds one end of <p> and not the other',
  ],
  [
    'blocks of the page in two places',
    { 'site.hbs': `<header>${block('a', '<p>x</p>')}</header>\n<main>\n${block('b', '<p>x</p>')}</main>` },
    'site.hbs:5: {{#block "b"}} stands in <main>, the blocks before it in <header>',
  ],
  [
    'a block among attributes',
    { 'site.hbs': '<p {{#block "a"}}class="x"{{/block}}>x</p>' },
    'site.hbs:1: {{#block "a"}} stands within a tag',
  ],
  [
    'a block in the subject',
    { 'subject.hbs': '{{#block "a"}}x{{/block}}' },
    'subject.hbs:1: {{#block "a"}} has no place in subject.hbs; write it in email.mjml, text.hbs, site.hbs',
  ],
  ['an unknown field in a block', { 'text.hbs': block('a', '{{typo}}') }, 'text.hbs:2: unknown field "typo"'],
  ['an unknown field in a subject', { 'subject.b.hbs': '{{typo}}' }, 'subject.b.hbs:1: unknown field "typo"'],
  [
    'a subject with an odd name',
    { 'subject.B_1.hbs': 'x' },
    'subject.B_1.hbs:1: "subject.B_1.hbs" is no name',
  ],
  [
    'a preheader without its subject',
    { 'preheader.b.hbs': 'x' },
    'preheader.b.hbs:1: goes with subject.b.hbs, which is not there; write subject.<name>.hbs',
  ],
];

it.each(refused)('refuses %s', async (_, files, said) => {
  expect(await faultsWith(files)).toEqual(expect.arrayContaining([expect.stringContaining(said)]));
});

it('finds a block in an included part, by its own line', async () => {
  const faults = await faultsWith({
    'email.mjml': mail(`${block('a', section('x'))}\n<mj-include path="./part.mjml" />`),
    'part.mjml': `\n${block('a', section('y'))}`,
  });
  expect(faults).toEqual([
    expect.stringContaining('part.mjml:2: {{#block "a"}} is there already (email.mjml:3)'),
  ]);
});
