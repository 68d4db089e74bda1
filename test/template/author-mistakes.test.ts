import { expect, it } from 'vitest';
import { faultsWith, mail } from './small-pack.ts';

/** What people get wrong on their first day: every answer names file, line and the way out. */

const column = (inside: string) => mail(`<mj-section><mj-column>\n${inside}\n</mj-column></mj-section>`);

it.each([
  ['<mj-img src="{{links.poster}}" alt="" />', '<mj-img> is no tag of MJML; did you mean <mj-image>'],
  ['<p></p>', '<p> is no tag of MJML; HTML goes into <mj-text>, <mj-table> or <mj-raw>'],
  ['Hello', '"Hello" stands in <mj-column>, where MJML drops it; write it inside <mj-text>'],
  [
    '<mj-column></mj-column>',
    '<mj-column> has no place in <mj-column>; put it into <mj-group> or <mj-section>',
  ],
  ['<mj-text colour="red">x</mj-text>', '<mj-text> has no colour; there are align, background-color, color,'],
  [
    '<mj-text padding="much">x</mj-text>',
    'padding="much" of <mj-text> is none; write 1 to 4 numbers with px or %',
  ],
  ['<mj-text font-size="14">x</mj-text>', 'font-size="14" of <mj-text> is none; write a number with px'],
  [
    '{{#each orders}}<mj-carousel><mj-carousel-image src="{{@root.links.poster}}" alt="" /></mj-carousel>{{/each}}',
    '<mj-carousel> stands in {{#each}}',
  ],
  ['{{#each orders}}<mj-navbar hamburger="hamburger" />{{/each}}', '<mj-navbar> stands in {{#each}}'],
  ['<mj-text>x', '<mj-text> holds </mj-column>; close it before: write </mj-text>'],
  ['<mj-text>{{#if vip}}x</mj-text>', '{{#if vip}} is never closed; write {{/if}} behind what it holds'],
  ['<mj-text><a href="java{{name}}">x</a></mj-text>', 'takes any address; write href="{{url name}}"'],
  ['<mj-text><a href="&#10;{{name}}">x</a></mj-text>', 'takes any address'],
  ['<mj-text><a href="java&Tab;script:{{name}}">x</a></mj-text>', 'runs as code; link to an https address'],
  [
    '<mj-text><img alt="" src="{{url site}}" srcset="{{url site}} 1x, {{name}} 2x"></mj-text>',
    'takes any address; write srcset="{{url name}}"',
  ],
  [
    '<mj-raw><meta http-equiv="refresh" content="0;url={{name}}"></mj-raw>',
    'leads the reader away; leave it out',
  ],
])('%s', async (inside, expected) => {
  const faults = await faultsWith({ 'email.mjml': column(inside) });
  expect(faults.filter((it) => it.startsWith('email.mjml:4: ')).join('\n')).toContain(expected);
});

it.each([
  ['messages/de.json', '{\n"hello": "Hallo {name}",\n"bye": "x",\n}', ':4: no JSON: '],
  [
    'messages/de.json',
    '{\n"hello": "Hallo {name}",\n"bye": {"bye": "x"}\n}',
    ':3: "bye" is no key with a text; write flat keys',
  ],
  [
    'messages/de.json',
    '{\n"hello": "Hallo {name}",\n"bye": "x",\n"bye": "y"\n}',
    ':3: "bye" stands there twice; keep one',
  ],
  [
    'messages/de.json',
    '{\n"hello": "Hallo {name",\n"bye": "x"\n}',
    ':2: "hello" is no ICU message: a { is not closed; write }',
  ],
  [
    'messages/de.json',
    '{\n"hello": "{name, plural, one {a}}",\n"bye": "x"\n}',
    'a choice has no other; write other {…}',
  ],
  ['messages/german.json', '{}', ':1: names no language; call it messages/<language>.json'],
  ['email.mjml', '<mjml lang="{{lang}}"></mjml>', ':1: no <mj-body> stands in <mjml>; write <mjml><mj-body>'],
])('%s: %j', async (file, text, expected) => {
  expect((await faultsWith({ [file]: text })).join('\n')).toContain(
    file + expected.replace(/^(?!:)/, ':2: "hello" is no ICU message: '),
  );
});
