import { expect, it } from 'vitest';
import { loadPack } from '../../src/adapters/packs/load-pack.ts';
import { compilePack } from '../../src/template/compile-pack.ts';
import type { Contract } from '../../src/template/contract.ts';
import type { MergedSample } from '../../src/template/lint/lint.ts';
import { lint, lintMerged } from '../../src/template/lint/lint-pack.ts';
import { links, pack as statement, templates } from '../merge/shown.ts';
import { baseFiles, contract, mail } from './small-pack.ts';

const foot = '<a href="{{links.unsubscribe}}">stop</a>';
const column = (inside: string) => mail(`<mj-section><mj-column>\n${inside}\n</mj-column></mj-section>`);

/** `lint file:line what` for each finding about these files, on top of a pack that has none. */
async function found(files: Readonly<Record<string, string>>): Promise<string[]> {
  const findings = await lint({ files: { ...clean, ...files }, contract });
  return findings.map((it) => `${it.lint} ${it.file}:${it.line} ${it.what}`);
}
const email = (inside: string) => found({ 'email.mjml': column(inside) });

const clean = {
  ...baseFiles,
  'preheader.hbs': '{{name}}',
  'text.hbs': '{{t "hello" name=name}} {{t "bye"}} {{links.unsubscribe}}',
};

it('has nothing to say about a small clean pack, nor about the statement', async () => {
  expect(await found({})).toEqual([]);
  expect(await lint(statement)).toEqual([]);
  expect(await lint({ files: clean, contract: null })).toEqual([]);
});

it('takes defaults for no tags of the mail', async () => {
  const defaults = '<mj-attributes><mj-button color="#ffffff" /><mj-image padding="0" /></mj-attributes>';
  expect(await found({ 'email.mjml': mail('').replace('</mj-head>', `${defaults}$&`) })).toEqual([]);
});

it.each([
  ['<mj-image src="{{links.poster}}" />', 'missing-alt email.mjml:4 <mj-image> has no alt text'],
  ['<mj-text>\n<img src="{{links.poster}}"></mj-text>', 'missing-alt email.mjml:5 <img> has no alt text'],
  [
    '<mj-text><a href="{{links.site}}"> &nbsp; </a></mj-text>',
    'link-text email.mjml:4 <a> is a link without text',
  ],
  [
    '<mj-text><a href="{{links.site}}"><img src="{{links.poster}}" alt=""></a></mj-text>',
    'link-text email.mjml:4',
  ],
  [
    '<mj-button href="{{links.site}}"></mj-button>',
    'link-text email.mjml:4 <mj-button> is a link without text',
  ],
  ['<mj-image href="{{links.site}}" src="{{links.poster}}" alt="" />', 'link-text email.mjml:4'],
])('finds %s', async (inside, expected) => {
  expect((await email(inside)).join('\n')).toContain(expected);
});

it.each([
  '<mj-image src="{{links.poster}}" alt="" />',
  '<mj-image href="{{links.site}}" src="{{links.poster}}" alt="{{t "hello" name=name}}" />',
  '<mj-text><a href="{{links.site}}">{{name}}</a></mj-text>',
  '<mj-text><a href="{{links.site}}" aria-label="more"><span></span></a></mj-text>',
  '<mj-text><a href="{{links.site}}">{{#if vip}}{{t "bye"}}{{/if}}</a></mj-text>',
])('takes %s', async (inside) => {
  expect(await email(inside)).toEqual([]);
});

it('wants a way out in the email, and warns of a text part without one', async () => {
  const source = column('<mj-text>x</mj-text>').replace(foot, '');
  expect(await found({ 'email.mjml': source })).toEqual([
    'unsubscribe-link email.mjml:1 the email has no unsubscribe link',
  ]);
  expect(await found({ 'text.hbs': '{{t "bye"}}{{t "hello" name=name}}' })).toEqual([
    'unsubscribe-text text.hbs:1 the text part has no unsubscribe link',
  ]);
});

it('wants the language of the reader, a preheader and a text part', async () => {
  const source = column('');
  const [without, fixed] = ['<mjml>', '<mjml lang="de">'].map((tag) => source.replace(/<mjml[^>]*>/, tag));
  expect(await found({ 'email.mjml': without ?? '' })).toEqual(['language email.mjml:1 <mjml> has no lang']);
  expect(await found({ 'email.mjml': fixed ?? '' })).toEqual([
    'language email.mjml:1 lang="de" stays, though the pack speaks de, en',
  ]);
  const { 'preheader.hbs': _, ...noPreheader } = clean;
  const findings = await lint({ files: noPreheader, contract });
  expect(findings).toMatchObject([{ lint: 'preheader', level: 'warning' }]);
  const { 'text.hbs': __, ...noText } = clean;
  expect(await lint({ files: noText, contract }, 'fault')).toMatchObject([
    { lint: 'missing-part', file: 'text.hbs', level: 'fault' },
  ]);
});

it('names messages that are broken, or that nobody says, by their line', async () => {
  const de = '{\n"hello": "Hallo {name}",\n"bye": "Tschüss",\n"more.b": "x"\n}';
  const en = '{\n"hello": "Hello {nme}",\n"bye": "{",\n"more.b": "x"\n}';
  expect(await found({ 'messages/de.json': de, 'messages/en.json': en })).toEqual([
    'broken-message messages/de.json:2 "hello" uses {name}, which messages/en.json does not',
    'broken-message messages/en.json:2 "hello" uses {nme}, which messages/de.json does not',
    expect.stringMatching(/^broken-message messages\/en\.json:3 "bye" is no ICU message/),
    'unused-message messages/de.json:4 nobody says "more.b"',
  ]);
  const code = { 'present.ts': ['say.t(`more.$', '{letter}`)'].join('') };
  const same = { 'messages/de.json': de, 'messages/en.json': de };
  expect(await found({ ...same, ...code })).toEqual([]);
});

it('warns of a template that nothing reads', async () => {
  const parts = {
    'parts/foot.mjml': '<mj-spacer />',
    'parts/old.mjml': '',
    'emial.mjml': '',
    'theme.mjml': '',
  };
  const source = column('<mj-include path="./parts/foot.mjml" />');
  expect(await found({ ...parts, 'email.mjml': source })).toEqual([
    'unread-file emial.mjml:1 nothing reads this file',
    'unread-file parts/old.mjml:1 nothing reads this file',
  ]);
});

it('wants the words of a gate', async () => {
  const asked: Contract = contract;
  const gate = { name: 'postcode', answer: () => '', when: 'always' } as const;
  const findings = await lint({ files: clean, contract: { ...asked, gate } }, 'fault');
  expect(findings.map((it) => `${it.lint} ${it.file}:${it.line} ${it.what}`)).toEqual(
    ['question', 'hint', 'wrong', 'button'].map(
      (part) => `gate-words messages/de.json:1 "gate.postcode.${part}" is missing`,
    ),
  );
});

it('keeps out of the page what its policy would stop', async () => {
  expect(await found({ 'site.hbs': '<p>\n<script>x</script></p><p style="color:red"></p>' })).toEqual([
    'page-policy site.hbs:2 <script> does not run here',
    'page-policy site.hbs:2 style="…" does not apply here',
  ]);
});

it('tells what big clients drop, once for each feature, at the author’s line', async () => {
  const style =
    '<mj-head><mj-preview>{{preheader}}</mj-preview><mj-style>\n.a { color: red; }\n.b { display: grid; }\n.c { display: grid; border-radius: 3px; }\n</mj-style></mj-head>';
  const inside =
    '<mj-text>\n<p style="box-sizing:border-box;position:absolute">a</p><video></video></mj-text>';
  const source = column(inside).replace(/<mj-head>.*<\/mj-head>/s, style);
  const findings = await found({ 'email.mjml': source });
  expect(findings).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^client-support email\.mjml:3 .*grid.* is dropped by .*Outlook/),
      expect.stringMatching(/^client-support email\.mjml:9 .*position.* is dropped by .*Gmail/),
      expect.stringMatching(/^client-support email\.mjml:9 .*video/i),
    ]),
  );
  expect(findings.filter((it) => it.includes('grid'))).toHaveLength(1);
  expect(findings.join()).not.toContain('border-radius');
});

const sample = (changes: Partial<MergedSample>): MergedSample => ({
  name: 'ada, de',
  subject: 'A',
  html: `<a href="${links.unsubscribe}">`,
  text: '',
  preheader: 'B',
  unsubscribe: links.unsubscribe,
  ...changes,
});

it('measures the samples: size, subject, preheader, way out', () => {
  const told = (changes: Partial<MergedSample>) =>
    lintMerged([sample({}), sample({ name: 'bea, it', ...changes })]).map((it) => `${it.level}: ${it.what}`);
  const html = (kilobytes: number) => `${links.unsubscribe}${'ä'.repeat(kilobytes * 512)}`;
  expect(told({})).toEqual([]);
  expect(told({ html: html(89) })).toEqual([]);
  expect(told({ html: html(92) })).toEqual(['warning: the HTML has 93 KB for bea, it']);
  expect(told({ html: html(103) })).toEqual(['fault: the HTML has 104 KB for bea, it']);
  expect(told({ html: '' })).toEqual(['fault: there is no unsubscribe link for bea, it']);
  expect(told({ subject: '👋'.repeat(78) })).toEqual([]);
  expect(told({ subject: 'x'.repeat(79) })).toEqual(['warning: the subject has 79 characters for bea, it']);
  const variants = [{ name: 'short', subject: 'x'.repeat(80), preheader: '' }];
  expect(told({ variants: [{ name: 'short', subject: 'x', preheader: null }] })).toEqual([]);
  expect(lintMerged([sample({ variants })]).map((it) => `${it.file} ${it.what}`)).toEqual([
    'preheader.short.hbs the preheader is empty for ada, de',
    'subject.short.hbs the subject has 80 characters for ada, de',
  ]);
  expect(told({ preheader: '' })).toEqual(['warning: the preheader is empty for bea, it']);
  expect(told({ preheader: 'x'.repeat(141) })).toEqual([
    'warning: the preheader has 141 characters for bea, it',
  ]);
});

it('warns of a block that a variant would move in one channel alone', async () => {
  const block = (text: string) => `{{#block "one"}}\n${text}\n{{/block}}`;
  const source = column('<mj-text>x</mj-text>').replace(/<mj-section>.*?<\/mj-section>/s, block);
  const all = {
    'email.mjml': source,
    'text.hbs': `${block('x')}${clean['text.hbs']}`,
    'site.hbs': block('<p>x</p>'),
  };
  expect(await found(all)).toEqual([]);
  expect(await found({ ...all, 'text.hbs': clean['text.hbs'] })).toEqual([
    'block-channels email.mjml:3 block "one" does not stand in text.hbs',
    'block-channels site.hbs:1 block "one" does not stand in text.hbs',
  ]);
});

it('keeps a pack with a fault from loading, and gives each finding whole', async () => {
  const files = { ...clean, 'email.mjml': column('<mj-image src="{{links.poster}}" />\n{{typo}}') };
  await expect(compilePack({ name: 'small', files, contract })).rejects.toMatchObject({
    code: 'pack-invalid',
    details: expect.arrayContaining([
      expect.stringContaining('email.mjml:4: <mj-image> has no alt text; write alt='),
    ]),
    findings: expect.arrayContaining([
      {
        lint: 'missing-alt',
        level: 'fault',
        file: 'email.mjml',
        line: 4,
        what: '<mj-image> has no alt text',
        why: expect.any(String),
        how: expect.any(String),
      },
      expect.objectContaining({ lint: 'unknown-field', line: 5 }),
    ]),
  });
});

it('loads what is shipped', async () => {
  expect((await loadPack(templates, 'statement')).name).toBe('statement');
});

it('names the file of an included part, and reads it in its place', async () => {
  const part = '<mj-text>\n<img src="{{../links.poster}}">{{label}} {{typo}}</mj-text>';
  const style = '.a { color: #000; }\n.b { display: grid; }';
  const source = column(
    '{{#each orders}}<mj-include path="./parts/one.mjml" />{{/each}}\n<mj-text color="#eee">x</mj-text>',
  ).replace('<mj-head>', '<mj-head><mj-include path="parts/look.css" type="css" />');
  const findings = await found({ 'email.mjml': source, 'parts/one.mjml': part, 'parts/look.css': style });
  expect(findings).toEqual(
    expect.arrayContaining([
      'missing-alt parts/one.mjml:2 <img> has no alt text',
      'unknown-field parts/one.mjml:2 unknown field "typo"',
      'contrast email.mjml:5 light scheme: #eeeeee on #ffffff has a contrast of 1.1, not 4.5',
      'client-support parts/look.css:2 display:grid is dropped by Outlook (Windows)',
    ]),
  );
  expect(findings).toHaveLength(4);
});
