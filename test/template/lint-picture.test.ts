import { expect, it } from 'vitest';
import { compilePack } from '../../src/template/compile-pack.ts';
import { lintPicture } from '../../src/template/lint-picture.ts';

const svg = (inner: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="600" height="300">\n${inner}\n</svg>`;
const lint = (inner: string) => lintPicture('pictures/a.svg', svg(inner));

it('lets shapes and gradients pass', () => {
  const inner =
    '<defs><linearGradient id="g"><stop offset="0" stop-color="#fff"/></linearGradient></defs><rect width="9" height="9" fill="url(#g)"/>';
  expect(lint(inner)).toEqual([]);
});

it.each([
  ['<script>alert(1)</script>', '<script>'],
  ['<foreignObject/>', '<foreignObject>'],
  ['<text>Hallo</text>', '<text>'],
  ['<image href="file:///etc/passwd"/>', '<image>'],
  ['<use xlink:href="https://x.example/a.svg#b"/>', 'href'],
  ['<rect fill="url(https://x.example/a)"/>', 'url('],
  ['<rect fill="url( file:///a )"/>', 'url('],
  ['<rect onclick="x()"/>', 'on…'],
  ['<rect style="fill:url(http://x)"/>', 'style'],
  ['<!ENTITY x SYSTEM "file:///etc/passwd">', 'doctypes'],
  ['<?xml-stylesheet href="x"?>', 'instructions'],
  ['<svg:script/>', '<svg:script>'],
  ['<filter id="f"/>', '<filter>'],
])('refuses %s, with its line', (inner, what) => {
  const faults = lint(inner);
  expect(faults.join('\n')).toContain(what);
  expect(faults[0]).toMatch(/^pictures\/a\.svg:2: /);
});

it('wants a size that a machine can draw', () => {
  expect(lintPicture('a.svg', '<svg width="100%" height="9000"></svg>')).toHaveLength(1);
  expect(lint(`<path d="${'M0 0'.repeat(60_000)}"/>`).join()).toContain('KB');
});

it('finds at load what a pack names and nobody drew', async () => {
  const { z } = await import('zod');
  const contract = {
    purpose: 'service' as const,
    data: z.object({}),
    view: z.object({ share: z.number() }),
    present: () => ({ share: 1 }),
  };
  const files = {
    'messages/de.json': '{"a": "b"}',
    'site.hbs': '<p>{{t "a"}}</p>\n<img src="{{links.pictures.sun}}" alt="{{t "a"}}">',
    'pictures/moon.svg': svg('<rect width="{{scale shrae 9}}" height="{{links.site}}"/>'),
    'pictures/Sun.svg': svg(''),
  };
  const error = await compilePack({ name: 'p', files, contract }).catch((it: unknown) => it);
  const details = (error as { details: string[] }).details.join('\n');
  expect(details).toContain('site.hbs:2: there is no picture "sun"');
  expect(details).toMatch(/pictures\/moon\.svg:2:.*shrae/);
  expect(details).toMatch(/pictures\/moon\.svg:2:.*links/);
  expect(details).toContain('expected pictures/<name>.svg');
});
