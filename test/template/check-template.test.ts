import { expect, it } from 'vitest';
import { faultsWith } from './small-pack.ts';

const text = (source: string) => faultsWith({ 'text.hbs': source });

it.each([
  '{{name}} {{this.name}} {{./name}} {{@root.name}}',
  '{{address.city}} {{address.zip}}',
  '{{#each orders}}{{@index}} {{label}} {{../name}} {{#each lines}}{{text}} {{../label}} {{../../name}}{{/each}}{{/each}}',
  '{{#each orders as |order index|}}{{order.label}} {{index}} {{#each order.lines as |line|}}{{line.text}} {{order.label}}{{/each}}{{/each}}',
  '{{#with address}}{{city}}{{else}}{{name}}{{/with}}',
  '{{#each notes}}{{@key}} {{this}}{{/each}} {{notes.anything}}',
  '{{orders.length}} {{orders.0.label}}',
  '{{#if (and vip (not (eq name "x")))}}{{t "bye"}}{{else if (gt orders.length 2)}}{{t "hello" name=name}}{{/if}}',
  '{{links.site}} {{links.to.shop}} {{sender.company}} {{lang}} {{#each sender.lines}}{{this}}{{/each}}',
  '{{money 1299 "EUR"}} {{number 1}} {{percent 0.5 digits=1}} {{date "2025-11" "month"}} {{plural 2 one="a" other="b"}}',
])('takes %s', async (source) => {
  expect(await text(source)).toEqual([]);
});

it.each([
  ['\n{{nme}}', 'text.hbs:2: unknown field "nme"; there are name, site, vip'],
  ['{{#if typo}}{{/if}}', 'unknown field "typo"'],
  ['{{#if (eq typo 1)}}{{/if}}', 'unknown field "typo"'],
  ['{{t "hello" name=typo}}', 'unknown field "typo"'],
  ['{{address.street}}', 'unknown field "address.street"; there are city, zip'],
  ['{{name.length.x}}', 'unknown field'],
  ['{{#each orders}}{{name}}{{/each}}', 'unknown field "name"; there are label, lines'],
  [
    '{{#each orders}}\n{{#each lines}}\n{{../../typo}}{{/each}}{{/each}}',
    'text.hbs:3: unknown field "../../typo"',
  ],
  ['{{#each orders as |order|}}{{order.typo}}{{/each}}', 'unknown field "order.typo"'],
  ['{{#each name}}{{/each}}', 'no list to go over'],
  ['{{../name}}', 'climbs out of the template'],
  ['{{links.pdf}}', 'unknown field "links.pdf"'],
  ['{{sender.dkim}}', 'unknown field "sender.dkim"; there are name, address, company, lines'],
  ['{{constructor}}', 'unknown field "constructor"'],
  ['{{shout name}}', '"shout" is no helper'],
  ['{{lookup orders 0}}', '"lookup" is no helper'],
  ['{{#shout}}{{/shout}}', '{{#shout}} is not a block'],
  ['{{{name}}}', 'would let data write HTML; use two braces'],
  ['{{&name}}', 'would let data write HTML'],
  ['{{> part}}', 'partials and decorators are not known here'],
  ['{{#if vip}}', 'check that every {{#…}} is closed'],
  ['{{t "nope"}}', 'no message "nope"; add it to every file of messages/'],
  ['{{t name}}', 't wants its key written out'],
  ['{{t "hello"}}', 'message "hello" wants name'],
  ['{{eq name}}', 'eq takes 2 value(s)'],
  ['<a href="{{site}}">', 'href="{{site…" takes any address; write href="{{url site}}"'],
  ['<a href="{{#if vip}}{{site}}{{/if}}">', 'takes any address'],
  ['<a title={{name}}>', 'an attribute without quotes'],
])('refuses %s', async (source, expected) => {
  const faults = await text(source);
  expect(faults.join('\n')).toContain(expected);
  expect(faults[0]).toMatch(/^text\.hbs:\d+: /);
});

it('names file and line of every fault at once', async () => {
  const faults = await faultsWith({ 'subject.hbs': '{{a}}', 'site.hbs': '<p>\n{{b}}\n<p style="x">' });
  expect(faults).toEqual([
    expect.stringMatching(/^subject\.hbs:1: unknown field "a"/),
    expect.stringMatching(/^site\.hbs:2: unknown field "b"/),
    expect.stringMatching(/^site\.hbs:3: style/),
  ]);
});
