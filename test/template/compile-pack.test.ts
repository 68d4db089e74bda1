import { expect, it } from 'vitest';
import { makeSay } from '../../src/merge/format.ts';
import type { CompiledPack } from '../../src/template/compile-pack.ts';
import { compilePack } from '../../src/template/compile-pack.ts';
import { baseFiles, compileWith, faultsWith, mail } from './small-pack.ts';

const column = (inside: string) => mail(`<mj-section><mj-column>${inside}</mj-column></mj-section>`);

function fill(pack: CompiledPack, view: object): string {
  const say = makeSay({ lang: 'de', locale: 'de-DE', messages: pack.messages.de ?? {}, timeZone: 'UTC' });
  return pack.parts.email?.({ lang: 'de', ...view }, say) ?? '';
}

it('keeps blocks around tags where they are', async () => {
  const pack = await compileWith({
    'email.mjml': mail(`
      {{#each orders}}
      <mj-section><mj-column>
        {{#if @first}}<mj-text>first</mj-text>{{else}}<mj-divider />{{/if}}
        <mj-table><tr>{{#each lines}}<td {{#if @last}}class="end"{{/if}}>{{text}}</td>{{/each}}</tr></mj-table>
        <mj-button href="{{url ../site}}">{{label}}</mj-button>
      </mj-column></mj-section>
      {{/each}}
      {{#if vip}}<mj-section><mj-column><mj-text>thanks</mj-text></mj-column></mj-section>{{/if}}`),
  });
  const order = (label: string) => ({ label, lines: [{ text: `${label}1` }, { text: `${label}2` }] });
  const html = fill(pack, { site: 'https://a.example/', vip: false, orders: [order('x'), order('y')] });
  const seen = [...html.matchAll(/>(first|[xy]\d)</g)].map((it) => it[1]);
  expect(seen).toEqual(['first', 'x1', 'x2', 'y1', 'y2']);
  expect(html.match(/class="end"/g)).toHaveLength(2);
  expect(html).not.toContain('thanks');
  expect(fill(pack, { site: 'https://a.example/', vip: true, orders: [] })).toContain('thanks');
});

it.each([
  [
    column('<mj-text>a</mj-text>\n{{name}}'),
    'email.mjml:4: {{name}} stands between tags, where MJML drops it',
  ],
  [
    column('<mj-text>x</mj-text>\n<mj-divider padding="{{name}}" />'),
    'email.mjml:4: padding="{{name}}" of <mj-divider> decides how MJML lays out',
  ],
  [
    `<mjml><mj-head>\n<mj-style inline="inline">.x { color: red; }</mj-style></mj-head>${column('<mj-text css-class="{{name}}">x</mj-text>').slice(6)}`,
    'css-class of <mj-text> is not known when <mj-style> in line 2 looks',
  ],
  [
    `<mjml><mj-head><mj-style inline="inline">td + td { color: red; }</mj-style></mj-head>${column('{{#if vip}}<mj-divider />{{/if}}').slice(6)}`,
    'counts neighbours',
  ],
  [
    mail(
      '<mj-section><mj-column width="33%" />{{#if vip}}<mj-column />{{/if}}<mj-group><mj-column /></mj-group></mj-section>',
    ),
    'MJML gives both one class; give the group a width',
  ],
  [column('<mj-text {{name}}>x</mj-text>'), 'in place of an attribute; write name="{{name}}"'],
  [column('<mj-column><mj-text>x</mj-text>'), 'email.mjml:3: <mj-column> is not closed'],
  [mail('<mj-section gutter="8px">\n{{#if vip}}<mj-column />{{/if}}</mj-section>'), 'with gap or gutter'],
  [mail(`<mj-section>${'{{#if vip}}<mj-column />{{/if}}'.repeat(13)}</mj-section>`), 'up to 13 columns'],
  [
    column('<mj-carousel>{{#if vip}}<mj-carousel-image />{{/if}}</mj-carousel>'),
    'around the whole <mj-carousel>',
  ],
  [column('{{#if vip}}<mj-text>x{{/if}}</mj-text>'), 'open and close a block within the same element'],
  [column('<mj-txt>x</mj-txt>'), 'mj-txt'],
  [column('<mj-text color="{{#if vip}}rot{{/if}}" padding="rot">x</mj-text>'), 'padding'],
  [column('<mj-image src="{{site}}" />'), 'src="{{site…" takes any address'],
])('refuses what MJML would drop or move: %#', async (source, expected) => {
  expect((await faultsWith({ 'email.mjml': source })).join('\n')).toContain(expected);
});

it('takes quotes, signs and line breaks within mustaches', async () => {
  const pack = await compileWith({
    'email.mjml': column(
      '<mj-image src="{{links.poster}}" alt="{{t "hello"\n name=name}}" /><mj-text>{{#if (eq name "a>b\'}c")}}yes{{/if}}</mj-text>',
    ),
  });
  const html = fill(pack, { name: "a>b'}c", links: { poster: 'https://x.example/p.jpg' } });
  expect(html).toContain('alt="Hallo a&gt;b&#x27;}c"');
  expect(html).toContain('yes');
});

it('asks every language for the same words', async () => {
  const faults = await faultsWith({ 'messages/en.json': JSON.stringify({ hello: 'Hello {nme}' }) });
  expect(faults).toEqual(
    expect.arrayContaining([
      expect.stringContaining(
        'messages/en.json:1: "bye" is missing; messages/de.json has it, so every language needs it',
      ),
      expect.stringContaining('messages/en.json:1: "hello" uses {nme}, which messages/de.json does not'),
    ]),
  );
  expect(await faultsWith({ 'messages/en.json': '{' })).toContainEqual(
    expect.stringContaining('messages/en.json:1: '),
  );
  expect(await faultsWith({ 'messages/de.json': '{"hello": "{name", "bye": ""}' })).toContainEqual(
    expect.stringContaining('"hello" is no ICU message'),
  );
});

it('wants a subject and a text part beside an email', async () => {
  const { 'subject.hbs': _, ...files } = baseFiles;
  const contract = (await compileWith({})).contract;
  await expect(compilePack({ name: 'small', files, contract })).rejects.toMatchObject({
    details: [expect.stringContaining('subject.hbs:1: missing; every email needs a subject and a text part')],
  });
});

it('changes its version with any file, and only then', async () => {
  const [a, b, c] = await Promise.all([compileWith({}), compileWith({}), compileWith({ 'notes.md': 'x' })]);
  expect(a.version).toMatch(/^[0-9a-f]{16}$/);
  expect(b.version).toBe(a.version);
  expect(c.version).not.toBe(a.version);
});

it('does not check an old version again', async () => {
  const files = { ...baseFiles, 'text.hbs': '{{gone}}' };
  const old = await compilePack({ name: 'small', files, contract: null });
  expect(old.contract).toBeNull();
  expect(old.parts.text).not.toBeNull();
});

it('gives templates no way to prototypes', async () => {
  const files = { ...baseFiles, 'text.hbs': '{{name.constructor}}{{__proto__}}{{constructor.name}}' };
  const pack = await compilePack({ name: 'small', files, contract: null });
  const say = makeSay({ lang: 'de', locale: 'de', messages: {}, timeZone: 'UTC' });
  expect(pack.parts.text?.({ name: 'x' }, say)).toBe('');
});

it('fills the theme in at load, for email and page alike', async () => {
  const theme = JSON.stringify({
    colors: { light: { ink: '#111111', inkSoft: '#444444' }, dark: { ink: '#eeeeee' } },
    space: { wide: 24 },
  });
  const source = column('<mj-text color="{{theme.colors.light.ink}}">x</mj-text>');
  const pack = await compileWith({
    'theme.json': theme,
    'email.mjml': source,
    'site.css': 'p { color: var(--ink); }',
  });
  expect(fill(pack, {})).toContain('color:#111111');
  expect(pack.css).toMatch(/--ink-soft: ?#444444;/);
  expect(pack.css).toMatch(/--space-wide: ?24px/);
  expect(pack.css).toMatch(/prefers-color-scheme: ?dark[\s\S]*--ink: ?#eeeeee/);
  const wrong = column('<mj-text>\n{{theme.colors.light.typo}}</mj-text>');
  expect(await faultsWith({ 'theme.json': theme, 'email.mjml': wrong })).toContainEqual(
    expect.stringMatching(/^email\.mjml:4: .* is no value of the theme/),
  );
});

it('refuses addresses that run code', async () => {
  const pack = await compileWith({ 'text.hbs': '{{url site}}' });
  const say = makeSay({ lang: 'de', locale: 'de', messages: {}, timeZone: 'UTC' });
  expect(pack.parts.text?.({ site: 'mailto:a@b.example' }, say)).toBe('mailto:a@b.example');
  for (const site of [
    'javascript:alert(1)',
    ' JaVaScRiPt:alert(1)',
    'data:text/html,x',
    'http://a.example',
    '/x',
    null,
  ])
    expect(() => pack.parts.text?.({ site }, say)).toThrowError(
      expect.objectContaining({ code: 'data-incomplete' }),
    );
});
