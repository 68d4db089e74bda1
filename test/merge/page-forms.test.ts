import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pageForm, pageForms } from '../../src/merge/page-forms.ts';
import { checkAnswer } from '../../src/template/check-answer.ts';
import type { CompiledPack } from '../../src/template/compiled-pack.ts';
import type { Field } from '../../src/template/form.ts';
import { pack, profileOf, snapshotOf } from './shown.ts';

const fields: readonly Field[] = [
  { name: 'text', type: 'text' },
  { name: 'comment', type: 'comment', maxLength: 5, required: true },
  { name: 'email', type: 'email' },
  { name: 'tel', type: 'tel', required: true },
  { name: 'number', type: 'number' },
  { name: 'reading', type: 'number', min: { view: 'meter.last' }, max: { view: 'nobody.knows' }, step: 1 },
  { name: 'share', type: 'number', min: 0, max: 0.5, step: 0.05, required: true },
  { name: 'on', type: 'date', min: '2026-01-01', max: 'today', required: true },
  { name: 'sure', type: 'check', required: true },
  { name: 'option', type: 'choice', options: ['a', 'b'], required: true },
  { name: 'nps', type: 'nps' },
];
const speaking = (lang: string, more = {}): CompiledPack => ({
  ...pack,
  forms: { all: { name: 'all', fact: 'all', fields } },
  messages: { [lang]: { 'form.all.thanks': 'Thanks.', ...more } },
});
const of = (lang: string, view: object = { meter: { last: 12345 } }) =>
  ({ ...snapshotOf(profileOf()), lang, locale: lang, view }) as ReturnType<typeof snapshotOf>;
const today = '2026-03-01';

test('there is a sentence for whatever can be wrong, in every language', () => {
  const value = fc.oneof(
    fc.anything(),
    fc.constantFrom('', '12', '13.000', '0,07', '-1', '99999', 'abcdefg', '2025-12-31', '2026-05-01', 'yes'),
  );
  const answers = fc.tuple(...fields.map(() => value));
  for (const lang of ['de', 'en', 'it', 'fr']) {
    const asked = pageForm(of(lang), speaking(lang), 'all', today);
    if (asked === null) throw new Error('no form');
    for (const sentences of Object.values(asked.wrong))
      for (const sentence of Object.values(sentences)) expect(sentence).toMatch(/^[^{}]+[.]$/);
    fc.assert(
      fc.property(answers, (all) => {
        const given = Object.fromEntries(fields.map(({ name }, at) => [name, all[at]]));
        const found = checkAnswer(asked.form, given, asked.asking);
        if (found.kind === 'taken') return;
        for (const [field, reason] of Object.entries(found.errors))
          expect(asked.wrong[field]?.[reason], `${field} ${reason}`).toBeTypeOf('string');
      }),
    );
  }
});

test('limits are the person’s own, and nobody else’s', () => {
  const both = speaking('de');
  const wrongOf = (view: object) => pageForm(of('de', view), both, 'all', today)?.wrong.reading?.low;
  expect(wrongOf({ meter: { last: 12345 } })).toBe('Das ist zu wenig: mindestens 12.345.');
  expect(wrongOf({ meter: { last: 99 } })).toBe('Das ist zu wenig: mindestens 99.');
  expect(wrongOf({ meter: { last: null } })).toBeUndefined();
  const later = pageForm(of('de'), both, 'all', '2026-03-02')?.wrong.on?.late;
  expect(later).toBe('Das ist zu spät: spätestens am 2.\u00a0März\u00a02026.');
});

test('a pack says it in its own words; a form that it has not is none', () => {
  const own = speaking('de', { 'form.all.reading.wrong': 'Mindestens {min, number} kWh.' });
  const { all } = pageForms(of('de'), own, today);
  expect(new Set(Object.values(all?.wrong.reading ?? {}))).toEqual(new Set(['Mindestens 12.345 kWh.']));
  expect(pageForm(of('de'), own, 'toString', today)).toBeNull();
});
