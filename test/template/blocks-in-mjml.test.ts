import { describe, expect, it } from 'vitest';
import { compileFill } from '../../src/template/compile-fill.ts';
import { compileMjml } from '../../src/template/compile-mjml.ts';
import { foldHtml } from './fold-html.ts';
import { say, slowly } from './slowly.ts';

const mail = (body: string) => `<mjml><mj-body>${body}</mj-body></mjml>`;
const section = (inside: string) => mail(`<mj-section>${inside}</mj-section>`);
const column = (inside: string) => section(`<mj-column>${inside}</mj-column>`);
const text = '<mj-text>{{label}} {{../name}}</mj-text>';

const list = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ label: `<${index}>`, on: index % 2 === 0, color: '#abc' }));
const views = [0, 1, 2, 3, 11].flatMap((count) =>
  [true, false].map((vip) => ({
    ...{ name: 'Ada', vip, wide: !vip || count > 1, empty: '', link: 'https://a.example/' },
    ...{ orders: list(count), address: count === 1 ? null : { city: 'Kiel' }, class: 'x y', color: '#abc' },
  })),
);

/** Loads, and says for each view what the slow way says. */
async function holds(source: string): Promise<void> {
  const { html, faults } = await compileMjml(source, 'email.mjml');
  expect(faults).toEqual([]);
  const fill = compileFill(html, { noEscape: false, ignoreStandalone: true });
  for (const view of views) expect(foldHtml(fill(view, say))).toBe(foldHtml(await slowly(source, view)));
}

const around = {
  if: ['{{#if vip}}', '{{/if}}'],
  'if in if': ['{{#if vip}}{{#if wide}}', '{{/if}}{{/if}}'],
  unless: ['{{#unless vip}}', '{{/unless}}'],
  each: ['{{#each orders}}', '{{/each}}'],
  'each with @last': ['{{#each orders as |order at|}}{{#unless @last}}', '{{/unless}}{{/each}}'],
  with: ['{{#with address}}', '{{/with}}'],
  'else if': ['{{#if vip}}', '{{else if wide}}<mj-raw><i></i></mj-raw>{{else}}{{/if}}'],
  'a comment': ['<!-- {{#if vip}} -->', '<!-- {{/if}} -->'],
} as const;

const things = {
  section: (open: string, close: string) =>
    mail(`${open}<mj-section><mj-column>${text}</mj-column></mj-section>${close}`),
  wrapper: (open: string, close: string) =>
    mail(
      `${open}<mj-wrapper padding="4px"><mj-section><mj-column>${text}</mj-column></mj-section></mj-wrapper>${close}`,
    ),
  'section in a wrapper': (open: string, close: string) =>
    mail(`<mj-wrapper>${open}<mj-section><mj-column>${text}</mj-column></mj-section>${close}</mj-wrapper>`),
  column: (open: string, close: string) =>
    section(
      `${open}<mj-column>${text}</mj-column>${close}<mj-column><mj-image src="{{link}}" /></mj-column>`,
    ),
  'every column': (open: string, close: string) => section(`${open}<mj-column>${text}</mj-column>${close}`),
  'column in a group': (open: string, close: string) =>
    section(
      `<mj-group><mj-column>${text}</mj-column>${open}<mj-column><mj-divider width="50%" /></mj-column>${close}</mj-group>`,
    ),
  group: (open: string, close: string) =>
    section(
      `${open}<mj-group><mj-column>${text}</mj-column></mj-group>${close}<mj-column>${text}</mj-column>`,
    ),
  text: (open: string, close: string) => column(`${open}${text}${close}`),
  button: (open: string, close: string) =>
    column(`${open}<mj-button href="{{@root.link}}">x</mj-button>${close}`),
  'part of a hero': (open: string, close: string) =>
    mail(`<mj-hero mode="fixed-height" height="90px">${open}${text}${close}</mj-hero>`),
} as const;

describe.each(Object.entries(things))('around a %s', (_, make) => {
  it.each(Object.entries(around))('%s', async (_, [open, close]) => holds(make(open, close)));
});

it.each([
  [
    'a table row',
    column('<mj-table>{{#each orders}}<tr><td>{{@index}} {{label}}</td></tr>{{/each}}</mj-table>'),
  ],
  [
    'a table row',
    column('<mj-table><tr><td>x</td></tr>{{#if vip}}<tr><td>{{name}}</td></tr>{{/if}}</mj-table>'),
  ],
  ['an attribute', column('<mj-text {{#if vip}}color="#123"{{/if}} align="center">x</mj-text>')],
  [
    'an attribute',
    column('<mj-text {{#if vip}}padding="1px"{{else if wide}}height="20px" align="right"{{/if}}>x</mj-text>'),
  ],
  ['an attribute', column('<mj-text {{#each orders}}css-class="{{label}}"{{/each}}>x</mj-text>')],
  ['an attribute', column('<mj-text {{#with address}}color="{{city}}"{{/with}} color="#fff">x</mj-text>')],
  [
    'a value',
    column('<mj-image src="{{link}}" alt="{{#each orders}}{{label}}, {{/each}}{{#if vip}}!{{/if}}" />'),
  ],
  [
    'a value',
    column(
      '<mj-text padding="{{#if vip}}4px{{else}}8px 2px{{/if}}" color="{{#if wide}}#abc{{else}}{{color}}{{/if}}">x</mj-text>',
    ),
  ],
  [
    'a value',
    section(
      '<mj-column width="{{#if vip}}30%{{else}}70%{{/if}}"><mj-image src="{{link}}" /></mj-column><mj-column />',
    ),
  ],
  [
    'a value',
    section(
      '<mj-column css-class="{{class}} z"><mj-text css-class="{{#if vip}}a{{/if}} b">x</mj-text></mj-column>',
    ),
  ],
  [
    'a value that may be empty',
    column('<mj-button href="{{empty}}">x</mj-button><mj-image href="{{link}}" src="{{link}}" />'),
  ],
  [
    'a value that may be empty',
    mail(
      '<mj-section background-url="{{#if vip}}{{link}}{{/if}}" background-color="{{color}}"><mj-column /></mj-section>',
    ),
  ],
  [
    'columns in two blocks',
    section(
      '{{#if vip}}<mj-column />{{/if}}{{#each orders}}{{#if on}}<mj-column><mj-image src="{{@root.link}}" /></mj-column>{{/if}}{{/each}}',
    ),
  ],
  [
    'columns that know their width',
    section('{{#each orders}}<mj-column width="25%"><mj-image src="{{@root.link}}" /></mj-column>{{/each}}'),
  ],
  [
    'a default',
    `<mjml><mj-head><mj-attributes><mj-text color="{{color}}" /><mj-class name="c" css-class="{{class}}" /></mj-attributes></mj-head><mj-body><mj-section>{{#each orders}}<mj-column mj-class="c"><mj-text>{{label}}</mj-text></mj-column>{{/each}}</mj-section></mj-body></mjml>`,
  ],
  [
    '{{^if}}',
    column(
      '<mj-text>{{^if vip}}{{name}}{{else}}b{{/if}}</mj-text>{{^if wide}}<mj-spacer />{{^}}<mj-divider />{{/if}}',
    ),
  ],
  [
    '{{^if}}',
    section(
      '{{^each orders}}<mj-column />{{/each}}{{^if vip}}<mj-column css-class="{{^if wide}}a{{/if}}" />{{/if}}',
    ),
  ],
  ['inner colours', section('<mj-column padding="4px" inner-background-color="{{color}}" />')],
  [
    'what MJML has no use for',
    column(
      '<mj-social><mj-social-element name="github" align="{{#if vip}}left{{else}}right{{/if}}" /></mj-social>',
    ),
  ],
  [
    'a list in a value',
    column(
      '<mj-social><mj-social-element name="github" src="{{link}}" sizes="{{#each orders}}1px {{/each}}" /></mj-social>',
    ),
  ],
  [
    'comments',
    column('<mj-text>x\n{{#if vip}}\n{{! a }} b{{/if}}\n{{name}}\n{{!-- }} --}} c {{!-- d --}}\nz</mj-text>'),
  ],
  [
    'lines',
    column(
      '<mj-text>\n{{#each orders}}\n  {{#if on}}\n  a\n  {{/if}}\nb{{/each}}\n{{~#if vip~}} c {{~/if~}} d</mj-text>',
    ),
  ],
])('a block around %s: %#', async (_, source) => holds(source));

it('says of too many columns which they are, when the data brings them', async () => {
  const source = section('{{#each orders}}<mj-column><mj-text>{{label}}</mj-text></mj-column>{{/each}}');
  const { html } = await compileMjml(source, 'email.mjml');
  const fill = compileFill(html, { noEscape: false, ignoreStandalone: true });
  expect(() => fill({ orders: list(13) }, say)).toThrowError(
    expect.objectContaining({
      code: 'data-incomplete',
      details: ['columns: expected at most 12 side by side, got 13'],
    }),
  );
});
