import { expect, it } from 'vitest';
import { spliceIncludes } from '../../src/template/splice-includes.ts';
import { compileWith, faultsWith, mail } from './small-pack.ts';

const parts = {
  'parts/foot.mjml':
    '<mj-section>\n<mj-column>\n<mj-text>{{name}} {{t "bye"}}</mj-text>\n</mj-column>\n</mj-section>',
  'parts/row.mjml': '<mj-text>{{label}}</mj-text>',
};
const splice = (email: string, files: Record<string, string> = parts) =>
  spliceIncludes({ ...files, 'email.mjml': email }, 'email.mjml');

it('writes an include out where it stands, and knows where each line is from', () => {
  const { source, faults, at, relocate } = splice(
    '<mjml><mj-body>\n<mj-include path="./parts/foot.mjml" /> <!-- end -->\n</mj-body></mjml>',
  );
  expect(faults).toEqual([]);
  const lines = source.split('\n');
  const places = lines.map((text, index) => [text, at(index + 1)]);
  expect(places).toContainEqual(['<mj-column>', { file: 'parts/foot.mjml', line: 2 }]);
  expect(places).toContainEqual(['</mj-body></mjml>', { file: 'email.mjml', line: 3 }]);
  expect(relocate(`email.mjml:${lines.indexOf('<mj-column>') + 1}: wrong`)).toBe('parts/foot.mjml:2: wrong');
  expect(relocate('text.hbs:1: wrong')).toBe('text.hbs:1: wrong');
});

it('takes what all packs share from beside the pack', () => {
  const shared = splice('<mj-include path="../theme.mjml" />', { '../theme.mjml': '<mj-breakpoint />' });
  expect(shared.faults).toEqual([]);
  expect(shared.source.trim()).toBe('<mj-breakpoint />');
  expect(shared.relocate('email.mjml:2: wrong')).toBe('../theme.mjml:1: wrong');
});

it('reads paths from the file that includes, and includes in includes', () => {
  const files = {
    'a/b/one.mjml': '<mj-include path="../two.mjml"></mj-include>',
    'a/two.mjml': '<mj-section />',
  };
  const { source, faults } = splice('<mj-include path="a/b/one.mjml" />', files);
  expect([source.trim(), faults]).toEqual(['<mj-section />', []]);
});

it('takes a whole file apart: its body here, its head to the head', () => {
  const files = {
    'whole.mjml':
      '<mjml>\n<mj-head>\n<mj-title>x</mj-title>\n</mj-head>\n<mj-body>\n<mj-section />\n</mj-body>\n</mjml>',
    'raw.html': '<p>as it is</p>',
    'base.css': 'a { color: red; }',
  };
  const includes = [
    'whole.mjml" />',
    'raw.html" type="html" />',
    'base.css" type="css" css-inline="inline" />',
  ];
  const body = includes.map((rest) => `<mj-include path="${rest}`).join('');
  const { source } = splice(`<mjml><mj-body>${body}</mj-body></mjml>`, files);
  expect(source.replace(/\n/g, '')).toBe(
    '<mjml><mj-head><mj-title>x</mj-title><mj-style inline="inline">a { color: red; }</mj-style></mj-head><mj-body><mj-section /><mj-raw><p>as it is</p></mj-raw></mj-body></mjml>',
  );
});

it('leaves out what is commented out', () => {
  expect(splice('<!-- <mj-include path="gone" /> -->').faults).toEqual([]);
});

it.each([
  ['../other/x.mjml', 'leads out of the pack'],
  ['../../theme.mjml', 'leads out of the pack'],
  ['parts/../../x.mjml', 'leads out of the pack'],
  ['/etc/passwd', 'leads out of the pack'],
  ['%2e%2e/x.mjml', 'leads out of the pack'],
  ['C:x.mjml', 'leads out of the pack'],
  ['..\\x.mjml', 'leads out of the pack'],
  ['toString', 'finds no toString; there are parts/foot.mjml, parts/row.mjml'],
  ['{{name}}.mjml', 'is not known at load'],
  ['', 'names no file'],
])('refuses path="%s"', (path, expected) => {
  const { faults } = splice(`<mjml>\n<mj-include path="${path}" /></mjml>`);
  expect(faults).toEqual([expect.stringMatching(/^email\.mjml:2: <mj-include> /)]);
  expect(faults[0]).toContain(expected);
});

it('refuses a circle', () => {
  const files = { 'a.mjml': '\n<mj-include path="b.mjml" />', 'b.mjml': '<mj-include path="a.mjml" />' };
  expect(splice('<mj-include path="a.mjml" />', files).faults).toEqual([
    'b.mjml:1: <mj-include> goes round in a circle: email.mjml, a.mjml, b.mjml, a.mjml; take one of them out',
  ]);
});

it('compiles parts in the scope they are included in, and names their own lines', async () => {
  const email = mail(
    '<mj-section><mj-column>{{#each orders}}<mj-include path="parts/row.mjml" />{{/each}}</mj-column></mj-section><mj-include path="parts/foot.mjml" />',
  );
  await compileWith({ ...parts, 'email.mjml': email });
  const wrong = {
    ...parts,
    'parts/row.mjml': '\n<mj-text>{{name}}</mj-text>\n<mj-divider padding="{{label}}" />',
  };
  const faults = (await faultsWith({ ...wrong, 'email.mjml': email })).join('\n');
  expect(faults).toContain('parts/row.mjml:2: unknown field "name"');
  expect(faults).toContain('parts/row.mjml:3: padding="{{label}}"');
});
