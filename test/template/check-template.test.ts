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
  '{{#each orders}}{{#with @root.address}}{{city}}{{/with}}{{#each lines}}{{this.text}}{{../../address.city}}{{@first}}{{/each}}{{/each}}',
  '{{#each orders as |order|}}{{#if (eq order.label ../name)}}{{t "hello" name=(plural order.lines.length one="a" other=../name)}}{{/if}}{{/each}}',
  '{{#each orders}}{{label}}{{else}}{{name}}{{/each}}{{^if vip}}{{name}}{{/if}}{{^each orders}}{{name}}{{/each}}',
  '<p title="a {{name}} b {{address.city}}" class="x{{#if vip}} y{{/if}}">{{name}}</p>',
  '<p style="width:{{scale 0.5 10}}px;{{#if vip}}color:red;{{/if}}height:{{orders.length}}px">',
  '<a href="https://a.example/{{name}}"><img src="{{links.poster}}" alt="{{name}}"><a href="{{@root.links.site}}"><a href="{{url site}}">',
  '{{#each orders}}<a href="{{../links.site}}">{{/each}}<!-- <p {{name}}> -->',
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
  ['{{links.docx}}', 'unknown field "links.docx"'],
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
  ['{{^each orders}}{{name}}{{else}}{{label}}{{/each}}', 'write {{#each}} … {{else}} … {{/each}}'],
  ['{{eq name}}', 'eq takes 2 value(s)'],
  ['<a href="{{site}}">', 'href="{{site…" takes any address; write href="{{url site}}"'],
  ['<a href="{{#if vip}}{{site}}{{/if}}">', 'takes any address'],
  ['<a title={{name}}>', 'an attribute without quotes'],
  ['{{#each orders}}{{/each}}{{label}}', 'unknown field "label"'],
  ['{{#each orders}}x{{else}}{{label}}{{/each}}', 'unknown field "label"'],
  ['{{#each orders as |order|}}{{/each}}{{order.label}}', 'unknown field "order.label"'],
  ['{{#with address as |a|}}{{a.street}}{{/with}}', 'unknown field "a.street"; there are city, zip'],
  ['{{#each orders}}{{this.name}}{{/each}}', 'unknown field "this.name"'],
  ['{{#each orders}}{{@root.label}}{{/each}}', 'unknown field "@root.label"'],
  ['{{@index}}', '@index is empty here; it is there only within {{#each}}'],
  ['{{#each orders}}{{@number}}{{/each}}', '@number is not known'],
  ['{{#if (and vip (or (not (gt typo 1))))}}{{/if}}', 'unknown field "typo"'],
  ['{{t "hello" name=(money typo "EUR")}}', 'unknown field "typo"'],
  ['{{plural (shout name) one="a"}}', '"shout" is no helper'],
  ['{{#if (lookup orders 0)}}{{/if}}', '"lookup" is no helper'],
  ['{{> (lookup . "name")}}', 'partials and decorators are not known here'],
  ['{{#> part}}x{{/part}}', 'partials and decorators are not known here'],
  ['{{#*inline "part"}}x{{/inline}}', 'partials and decorators are not known here'],
  ['<p {{name}}>', 'within a tag lets data add attributes; write it into a value with quotes'],
  ['<p {{#if vip}}{{name}}{{/if}}>', 'within a tag lets data add attributes'],
  ['<p title = {{name}}>', 'an attribute without quotes'],
  ['<p onclick="x(\'{{name}}\')">', '{{name}} in onclick="…" runs as code'],
  ['<iframe srcdoc="a{{name}}">', 'in srcdoc="…" runs as code'],
  ['<p style="color:{{name}}">', '{{name}} in style="…" lets data write CSS'],
  ['<p style="width:{{scale 1 2}}px;color:{{name}}">', '{{name}} in style="…" lets data write CSS'],
  ['<mj-text color="{{name}}">', '{{name}} in color="…" lets data write CSS'],
  ['<style>p { color: {{name}} }</style>', '{{name}} in a style lets data write CSS'],
  ['<script>var x = "{{name}}"</script>', '{{name}} in a script runs as code'],
  ["<form action='{{site}}'>", 'takes any address'],
  ['<td background="{{site}}">', 'takes any address'],
  ['<a href="{{#if vip}}https://a.example/{{/if}}{{site}}">', 'takes any address'],
  ['<a href="javascript:{{name}}">', 'runs as code; link to an https address'],
  ['{{#each links.to as |links|}}<a href="{{links}}">{{/each}}', 'takes any address'],
])('refuses %s', async (source, expected) => {
  const faults = await text(source);
  expect(faults.join('\n')).toContain(expected);
  expect(faults[0]).toMatch(/^text\.hbs:\d+: /);
});

it('names file and line of every fault at once', async () => {
  const faults = await faultsWith({ 'subject.hbs': '{{a}}', 'site.hbs': '<p>\n{{b}}\n<p style="x">' });
  expect(faults).toEqual([
    expect.stringMatching(/^site\.hbs:2: unknown field "b"/),
    expect.stringMatching(/^site\.hbs:3: style/),
    expect.stringMatching(/^subject\.hbs:1: unknown field "a"/),
  ]);
});
