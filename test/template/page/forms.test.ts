import { HtmlValidate } from 'html-validate';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { makeSay } from '../../../src/merge/format.ts';
import { compilePack } from '../../../src/template/compile-pack.ts';
import { type Contract, defineContract } from '../../../src/template/contract.ts';
import { PackFault } from '../../../src/template/pack-fault.ts';
import { baseFiles, contract } from '../small-pack.ts';

const metered = defineContract({
  ...contract,
  present: (it) => ({ ...contract.present(it), meter: { last: 0, shown: '' } }),
  view: contract.view.extend({ meter: z.object({ last: z.number(), shown: z.string() }) }),
});
const asked = {
  meter: {
    fields: [
      { name: 'reading', type: 'number', min: { view: 'meter.last' }, step: 1, required: true },
      { name: 'readOn', type: 'date', max: 'today' },
      { name: 'mail', type: 'email' },
      { name: 'note', type: 'comment', maxLength: 300 },
      { name: 'sure', type: 'check', required: true },
      { name: 'tariff', type: 'choice', options: ['fix', 'flex'], required: true },
      { name: 'advise', type: 'nps' },
    ],
  },
};
const words = {
  title: 'Zähler',
  submit: 'Senden',
  thanks: 'Danke',
  reading: 'Stand',
  'reading.hint': 'Mindestens {min, number}',
  readOn: 'Wann',
  mail: 'E-Mail',
  note: 'Notiz',
  sure: 'Stimmt',
  tariff: 'Tarif',
  'tariff.fix': 'Fest',
  'tariff.flex': 'Frei',
  advise: 'Empfehlen?',
  'advise.low': 'nie',
  'advise.high': 'gern',
};
const messages = (more: object = {}, without = '') => {
  const all: Record<string, string> = { hello: 'Hallo {name}', bye: 'Tschüss' };
  for (const [key, text] of Object.entries({ ...words, ...more })) all[`form.meter.${key}`] = text;
  delete all[`form.meter.${without}`];
  return JSON.stringify(all);
};
const site =
  '<h1>{{name}}</h1>\n<dearly-form name="meter">\n</dearly-form>\n<p><a href="{{links.unsubscribe}}">x</a></p>';
const compile = (files: Record<string, string>, own: Contract | null = metered) =>
  compilePack({
    name: 'small',
    contract: own,
    files: {
      ...baseFiles,
      'messages/de.json': messages(),
      'messages/en.json': messages(),
      'forms.json': JSON.stringify(asked, null, 2),
      'site.hbs': site,
      ...files,
    },
  });
const faults = async (files: Record<string, string>) => {
  const error = await compile(files).catch((it: unknown) => it);
  return error instanceof PackFault ? error.details : [];
};

function fill(pack: Awaited<ReturnType<typeof compile>>, more: object = {}): string {
  const say = makeSay({ lang: 'de', locale: 'de-DE', messages: pack.messages.de ?? {}, timeZone: 'UTC' });
  const links = { answer: 'https://dearly.example/a/token', unsubscribe: 'https://dearly.example/u/token' };
  const roots = {
    name: 'Ada',
    meter: { last: 12345, shown: '' },
    answered: '',
    wrong: {},
    values: {},
    links,
  };
  return pack.parts.site?.({ ...roots, submission: 'uuid', ...more }, say) ?? '';
}

test('a form is written out so that it works without a script, and every line stays where it was', async () => {
  const html = fill(await compile({}));
  expect(html).toMatch(
    /^<h1>Ada<\/h1>\n<dearly-form name="meter"><form class="df-form" id="form-meter" method="post" action="https:\/\/dearly.example\/a\/token#form-meter" aria-label="Zähler" data-form="meter">/,
  );
  expect(html).toContain(
    '<input type="hidden" name="form" value="meter"><input type="hidden" name="submission" value="uuid">',
  );
  expect(html).toContain('<p class="df-hint" id="form-meter-reading-hint">Mindestens 12.345</p>');
  expect(html.split('\n')).toHaveLength(site.split('\n').length);
  const report = new HtmlValidate({
    extends: ['html-validate:recommended'],
    rules: { 'require-sri': 'off' },
  });
  const checked = await report.validateString(`<main>${html}</main>`);
  expect(
    checked.results.flatMap((it) => it.messages.map(({ ruleId, message }) => `${ruleId}: ${message}`)),
  ).toEqual([]);
});

test('what was wrong is kept, named and said, and cannot write HTML', async () => {
  const values = {
    meter: { reading: '"><script>', tariff: 'flex', advise: '7', sure: 'yes', note: '</textarea>' },
  };
  const html = fill(await compile({}), {
    values,
    wrong: { meter: { reading: 'Zu <wenig>', tariff: 'Nein' } },
  });
  expect(html).toMatch(
    /value="&quot;&gt;&lt;script&gt;" id="form-meter-reading" name="reading" required aria-describedby="form-meter-reading-hint form-meter-reading-error" aria-invalid="true">/,
  );
  expect(html).toContain(
    '<p class="df-error" id="form-meter-reading-error" role="alert">Zu &lt;wenig&gt;</p>',
  );
  expect(html).toContain('<p class="df-error" id="form-meter-mail-error" hidden></p>');
  expect(html).toMatch(/value="flex" required checked>/);
  expect(html).toMatch(/value="7" checked>/);
  expect(html).toMatch(/value="yes" [^>]*checked>/);
  expect(html).toContain('&lt;/textarea&gt;</textarea>');
  expect(html.match(/ checked>/g)).toHaveLength(3);
});

test('who has answered is thanked instead, and an old pack shows its forms as it did', async () => {
  const html = fill(await compile({}, null), { answered: 'meter' });
  expect(html).toContain('<p class="df-thanks" id="form-meter" role="status">Danke</p>');
  expect(html).not.toContain('<form');
});

const withField = (field: object) => JSON.stringify({ meter: { fields: [field] } });
test.for([
  ['no JSON', { 'forms.json': '{\n  "meter": {,}\n}' }, /^forms\.json:2: no JSON: /],
  [
    'a strange type',
    { 'forms.json': withField({ name: 'a', type: 'colour' }) },
    'meter.fields.0.type: expected one of text, comment,',
  ],
  [
    'a strange key',
    { 'forms.json': withField({ name: 'a', type: 'text', min: 3 }) },
    'meter.fields.0.min: no such field',
  ],
  [
    'a name that segments cannot ask for',
    { 'forms.json': withField({ name: 'read-on', type: 'text' }) },
    'expected a name in camelCase',
  ],
  [
    'a name of the house',
    { 'forms.json': withField({ name: 'submission', type: 'text' }) },
    'is taken by the house',
  ],
  [
    'a name of every object',
    { 'forms.json': withField({ name: 'constructor', type: 'text' }) },
    'is taken by the house',
  ],
  [
    'no options',
    { 'forms.json': withField({ name: 'a', type: 'choice', options: [] }) },
    'meter.fields.0.options: expected at least 1',
  ],
  [
    'value without currency',
    { 'forms.json': JSON.stringify({ meter: { ...asked.meter, conversion: { value: 3 } } }) },
    'meter.conversion: expected value and currency',
  ],
  [
    'a limit that is not there',
    { 'forms.json': withField({ name: 'a', type: 'number', min: { view: 'meter.lost' } }) },
    'meter.fields.0.min: the view has no "meter.lost"; there are last, shown',
  ],
  [
    'a limit that is text',
    { 'forms.json': withField({ name: 'a', type: 'number', min: { view: 'meter.shown' } }) },
    '"meter.shown" of the view is no number',
  ],
  [
    'a currency that is a number',
    {
      'forms.json': JSON.stringify({
        meter: { ...asked.meter, conversion: { value: 3, currency: { view: 'meter.last' } } },
      }),
    },
    'meter.conversion.currency: "meter.last" of the view is no text; add the plain text to the view',
  ],
  [
    'words that nobody has',
    { 'messages/de.json': messages({}, 'tariff.flex'), 'messages/en.json': messages({}, 'tariff.flex') },
    /^forms\.json:\d+: meter\.fields\.5: has no words "form\.meter\.tariff\.flex"; add/,
  ],
  [
    'words that one language lacks',
    { 'messages/en.json': messages({}, 'thanks') },
    'messages/en.json:1: "form.meter.thanks" is missing',
  ],
  [
    'words that want data',
    { 'messages/de.json': messages({ title: '{name}' }), 'messages/en.json': messages({ title: '{name}' }) },
    'message "form.meter.title" wants {name}; it may name {min} and {max}',
  ],
  [
    'a page that names no form of the pack',
    { 'site.hbs': `\n${site.replace('meter', 'metre')}` },
    'site.hbs:3: there is no form "metre"; forms.json has meter',
  ],
  [
    'a form twice',
    { 'site.hbs': `${site}\n<dearly-survey name="meter"></dearly-survey>` },
    'site.hbs:5: the form "meter" stands here again',
  ],
  [
    'an element that is not closed',
    { 'site.hbs': '<dearly-form name="meter"/><a href="{{links.unsubscribe}}">x</a>' },
    'site.hbs:1: <dearly-form/> is not closed',
  ],
  [
    'a form in an email',
    { 'text.hbs': '\n<dearly-form name="meter"></dearly-form>' },
    'text.hbs:2: <dearly-form> stands outside the page; link to {{links.site}} instead (mailboxes',
  ],
] as const)('refused: %s', async ([, files, expected]) => {
  const found = await faults(files as unknown as Record<string, string>);
  expect(found).toContainEqual(
    typeof expected === 'string' ? expect.stringContaining(expected) : expect.stringMatching(expected),
  );
});
