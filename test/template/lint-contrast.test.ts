import { expect, it } from 'vitest';
import { lint } from '../../src/template/lint/lint-pack.ts';
import { pack as statement } from '../merge/shown.ts';
import { baseFiles, contract, mail } from './small-pack.ts';

/** `line: what` of the contrast lint alone. @param css stands in an mj-style in the first line */
async function seen(body: string, css = ''): Promise<string[]> {
  const head = `<mj-head><mj-style>a { color: #000 } ${css}</mj-style>`;
  const source = mail(`<mj-section><mj-column>\n${body}\n</mj-column></mj-section>`).replace(
    '<mj-head>',
    head,
  );
  const findings = await lint({ files: { ...baseFiles, 'email.mjml': source }, contract });
  return findings.filter((it) => it.lint === 'contrast').map((it) => `${it.line}: ${it.what}`);
}
const dark = (rules: string) => `@media (prefers-color-scheme: dark) { ${rules} }`;

it.each([
  ['<mj-text color="#777">x</mj-text>', '4: light scheme: #777777 on #ffffff has a contrast of 4.4, not 4.5'],
  [
    '<mj-text font-size="24px" color="#999">x</mj-text>',
    '4: light scheme: #999999 on #ffffff has a contrast of 2.8, not 3',
  ],
  ['<mj-text>\n<p style="color:#888">\n{{name}}</p></mj-text>', '5: light scheme: #888888 on #ffffff'],
  ['<mj-text container-background-color="#333" color="#444">x</mj-text>', '#444444 on #333333'],
  [
    '<mj-button background-color="#fff" color="#ccc" href="{{links.site}}">x</mj-button>',
    '#cccccc on #ffffff',
  ],
  [
    '<mj-text><span style="background:#000"><b style="color:rgb(40 40 40)">x</b></span></mj-text>',
    '#282828 on #000000',
  ],
  ['<mj-table><tr><td bgcolor="#111"><font color="#222">x</font></td></tr></mj-table>', '#222222 on #111111'],
  ['<mj-text><p style="color:rgba(0,0,0,.3)">x</p></mj-text>', '#b3b3b3 on #ffffff'],
  [
    '{{#if vip}}<mj-text>x</mj-text>{{else}}\n<mj-text color="#eee">x</mj-text>{{/if}}',
    '5: light scheme: #eeeeee',
  ],
])('sees %s', async (body, expected) => {
  expect((await seen(body)).join('\n')).toContain(expected);
});

it.each([
  '<mj-text color="#767676">x</mj-text>',
  '<mj-text font-size="24px" color="#888">x</mj-text>',
  '<mj-text font-size="19px" font-weight="700" color="#888">x</mj-text>',
  '<mj-text color="#fff" container-background-color="#000">x</mj-text>',
  '<mj-text><p style="background:url(https://a.example/x.png);color:#fff">unknown</p></mj-text>',
  '<mj-text><p style="color:var(--ink)">unknown</p></mj-text>',
  '<mj-text><p style="display:none;color:#fff">hidden</p></mj-text>',
  '<mj-text><p style="font-size:0;color:#fff">hidden</p></mj-text>',
  '<mj-text color="#fff"> &nbsp; </mj-text>',
])('says nothing of %s', async (body) => {
  expect(await seen(body)).toEqual([]);
});

it('weighs rules as CSS does', async () => {
  const body = '<mj-text css-class="box"><p class="pale">x</p></mj-text>';
  expect(await seen(body, '.pale { color: #eee }')).toHaveLength(1);
  expect(await seen(body, '.pale { color: #eee } .box .pale { color: #000 }')).toEqual([]);
  expect(await seen(body, '.box .pale { color: #000 } .pale { color: #eee }')).toEqual([]);
  expect(await seen(body, '.box .pale { color: #000 } .pale { color: #eee !important }')).toHaveLength(1);
  expect(await seen(body, 'p:hover { color: #eee }')).toEqual([]);
  const inline = '<mj-text><p class="pale" style="color:#000">x</p></mj-text>';
  expect(await seen(inline, '.pale { color: #eee }')).toEqual([]);
  expect(await seen(inline, '.pale { color: #eee !important }')).toHaveLength(1);
});

it('looks at the dark scheme, where the background is known', async () => {
  const body = '<mj-text css-class="box" color="#111">x</mj-text>';
  expect(await seen(body, dark('.box { background: #000 !important }'))).toEqual([
    '4: dark scheme: #111111 on #000000 has a contrast of 1.1, not 4.5',
  ]);
  const both = '.box { background: #000 !important } .box div { color: #fff !important }';
  expect(await seen(body, dark(both))).toEqual([]);
  expect(await seen(body, dark('.elsewhere { color: #000 }'))).toEqual([]);
  expect(await seen(body, '@media (max-width: 500px) { .box { background: #000 } }')).toEqual([]);
});

it('sees through the statement: a pale ink in its theme shows in many lines of its file', async () => {
  const theme = JSON.parse(statement.files['theme.json'] ?? '');
  theme.colors.light.inkSoft = '#C8C8C8';
  theme.colors.dark.ink = '#222222';
  const files = { ...statement.files, 'theme.json': JSON.stringify(theme) };
  const findings = await lint({ files, contract: statement.contract });
  const source = (statement.files['email.mjml'] ?? '').split('\n');
  const lines = (scheme: string) =>
    findings.filter((it) => it.what.startsWith(scheme)).map((it) => source[it.line - 1] ?? '');
  expect(lines('light').length).toBeGreaterThan(5);
  for (const line of lines('light')) expect(line).toMatch(/soft|label|Year/i);
  expect(lines('dark').length).toBeGreaterThan(5);
});
