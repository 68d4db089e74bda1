import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkAnswer } from '../../src/template/check-answer.ts';
import { type AskedField, type AskedForm, scales } from '../../src/template/form.ts';
import { readNumber } from '../../src/template/read-number.ts';

const asking = { today: '2026-03-01', locale: 'de-DE' };
const one = (field: Omit<AskedField, 'name'> & { readonly type: string }, it: unknown, locale = 'de-DE') => {
  const form = { name: 'f', fields: [{ ...field, name: 'it' } as AskedField] };
  const found = checkAnswer(form, { it }, { ...asking, locale });
  return found.kind === 'wrong' ? `wrong: ${found.errors.it}` : found.values.it;
};

describe('numbers as people write them', () => {
  test.for([
    ['12345', 12345, 12345],
    ['12.345', 12345, 12.345],
    ['12,345', 12.345, 12345],
    ['1.234,5', 1234.5, 1234.5],
    ['1,234.5', 1234.5, 1234.5],
    ['1.234.567', 1234567, 1234567],
    [' 12 345,6 ', 12345.6, 12345.6],
    ['12’345', 12345, 12345],
    ['0.123', 0.123, 0.123],
    ['0,5', 0.5, 0.5],
    [',5', 0.5, 0.5],
    ['-3', -3, -3],
    ['−3,5', -3.5, -3.5],
    ['-0', 0, 0],
    ['12345,678', 12345.678, 12345.678],
  ] as const)('%s', ([text, german, english]) => {
    expect(readNumber(text, 'de-DE')).toBe(german);
    expect(readNumber(text, 'en-GB')).toBe(english);
  });

  test.for([
    '',
    '.',
    ',',
    '-',
    '1.2.3',
    '1.234.56',
    '1,2,3',
    '12a',
    '1e3',
    '0x10',
    'Infinity',
    'NaN',
    '1 2',
    '١٢',
  ])('none: %j', (text) => expect(readNumber(text, 'de-DE')).toBeNull());

  test('whatever a language writes is read back', () => {
    const locales = fc.constantFrom('de-DE', 'de-CH', 'en-GB', 'it-IT', 'fr-FR', 'pl-PL', 'en-IN');
    const cents = fc.integer({ min: -99_999_999, max: 99_999_999 });
    fc.assert(
      fc.property(cents, locales, (it, locale) => {
        // Indian groups of two are read where a point settles what they are; whole numbers go without.
        const useGrouping = locale !== 'en-IN';
        const text = new Intl.NumberFormat(locale, { useGrouping, minimumFractionDigits: 2 }).format(
          it / 100,
        );
        expect(readNumber(text, locale)).toBe(it / 100);
      }),
    );
  });
});

describe('one field', () => {
  test.for([
    [{ type: 'text', required: true }, '  ', 'wrong: required'],
    [{ type: 'text' }, ' a\r\nb\u0000\u0007 ', 'a b'],
    [{ type: 'text', maxLength: 3 }, 'abcd', 'wrong: long'],
    [{ type: 'text' }, ['a', 'b'], 'wrong: long'],
    [{ type: 'comment' }, ' Why so much\r\nin March?\u0000 \ud800', 'Why so much\nin March? \ufffd'],
    [{ type: 'comment' }, 'x'.repeat(1001), 'wrong: long'],
    [{ type: 'email' }, ' ada@example.org ', 'ada@example.org'],
    [{ type: 'email' }, 'ada@localhost', 'wrong: email'],
    [{ type: 'email' }, 'ada@example.org, eve@example.org', 'wrong: email'],
    [{ type: 'email' }, 'ada@example.org\nBcc: eve@example.org', 'wrong: email'],
    [{ type: 'tel' }, '+49 (0)431 / 123-45', '+49 (0)431 / 123-45'],
    [{ type: 'tel' }, '1234', 'wrong: tel'],
    [{ type: 'tel' }, 'call me 123456', 'wrong: tel'],
    [{ type: 'check' }, undefined, false],
    [{ type: 'check', required: true }, undefined, 'wrong: accept'],
    [{ type: 'check', required: true }, false, 'wrong: accept'],
    [{ type: 'check', required: true }, 'yes', true],
    [{ type: 'check' }, 'maybe', 'wrong: accept'],
    [{ type: 'choice', options: ['a', 'b'] }, 'b', 'b'],
    [{ type: 'choice', options: ['a', 'b'] }, 'constructor', 'wrong: choose'],
    [{ type: 'choice', options: ['a', 'b'] }, ['a', 'b'], 'wrong: choose'],
    [{ type: 'choice', options: ['a'], required: true }, '', 'wrong: choose'],
    [{ type: 'nps' }, '0', 0],
    [{ type: 'nps' }, '11', 'wrong: choose'],
    [{ type: 'csat' }, 0, 'wrong: choose'],
    [{ type: 'csat' }, 4.5, 'wrong: choose'],
    [{ type: 'ces' }, '7', 7],
    [{ type: 'number', min: 100 }, '99,5', 'wrong: low'],
    [{ type: 'number', max: 100 }, 101, 'wrong: high'],
    [{ type: 'number', step: 1 }, '1,5', 'wrong: step'],
    [{ type: 'number', step: 0.1 }, '0,3', 0.3],
    [{ type: 'number' }, Number.NaN, 'wrong: number'],
    [{ type: 'number' }, '9'.repeat(400), 'wrong: number'],
    [{ type: 'date' }, '2026-02-30', 'wrong: date'],
    [{ type: 'date', min: 'today' }, '2026-02-28', 'wrong: early'],
    [{ type: 'date', min: 'today' }, '2026-03-01', '2026-03-01'],
    [{ type: 'date', max: '2026-02-01' }, '2026-03-01', 'wrong: late'],
    [{ type: 'date' }, '+002026-03-01', 'wrong: date'],
  ] as const)('%j %j', ([field, it, expected]) => expect(one(field, it)).toBe(expected));
});

const limit = fc.option(fc.integer({ min: -1000, max: 1000 }), { nil: undefined });
const day = fc.constantFrom(undefined, 'today', '2026-01-31', '2026-12-01');
const options = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,6}$/), { minLength: 1, maxLength: 4 });
const field: fc.Arbitrary<AskedField> = fc
  .tuple(fc.stringMatching(/^[a-z][a-zA-Z]{0,8}$/), fc.boolean())
  .chain(([name, required]) =>
    fc
      .oneof(
        fc.record({ type: fc.constantFrom('text', 'comment'), maxLength: fc.constantFrom(5, 50) }),
        fc.record({ type: fc.constantFrom('email', 'tel', 'check', 'nps', 'csat', 'ces') }),
        fc.record({
          type: fc.constant('number'),
          min: limit,
          max: limit,
          step: fc.constantFrom(undefined, 1, 0.1),
        }),
        fc.record({ type: fc.constant('date'), min: day, max: day }),
        fc.record({ type: fc.constant('choice'), options }),
      )
      .map((rest) => ({ name, required, ...rest }) as AskedField),
  );
const form: fc.Arbitrary<AskedForm> = fc
  .uniqueArray(field, { minLength: 1, maxLength: 5, selector: ({ name }) => name })
  .map((fields) => ({ name: 'f', fields }));

const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom('<script>', '{{@root}}', "'; drop table profiles; --", '\u202e\u0000', '__proto__'),
);
const given = fc.oneof(
  hostile,
  fc.integer({ min: -2000, max: 2000 }),
  fc.integer({ min: 0, max: 10 }).map(String),
  fc.double(),
  fc.constantFrom(
    'yes',
    'a@b.example',
    '+49 431 12345',
    '2026-03-01',
    '12,5',
    '',
    null,
    undefined,
    true,
    false,
  ),
  fc.anything(),
);

test('an answer is refused field by field, or comes back exactly as allowed', () => {
  const case_ = form.chain((it) =>
    fc.tuple(
      fc.constant(it),
      fc.tuple(
        ...it.fields.map((one) =>
          one.type === 'choice' ? fc.oneof(given, fc.constantFrom(...one.options)) : given,
        ),
      ),
      fc.dictionary(fc.string(), given, { maxKeys: 2 }),
    ),
  );
  fc.assert(
    fc.property(case_, ([asked, all, strange]) => {
      const answer = {
        ...strange,
        ...Object.fromEntries(asked.fields.map(({ name }, at) => [name, all[at]])),
      };
      const found = checkAnswer(asked, answer, asking);
      const names = asked.fields.map(({ name }) => name);
      if (found.kind === 'wrong') {
        expect(Object.keys(found.errors).length).toBeGreaterThan(0);
        expect(names).toEqual(expect.arrayContaining(Object.keys(found.errors)));
        return;
      }
      expect(names).toEqual(expect.arrayContaining(Object.keys(found.values)));
      for (const one of asked.fields) expect(isAllowed(one, found.values[one.name])).toBe(true);
      // What the page took travels as JSON, and the server takes the same.
      const again = checkAnswer(asked, JSON.parse(JSON.stringify(found.values)), asking);
      expect(again).toEqual(found);
    }),
    { numRuns: 500 },
  );
});

/** Said a second time, in other words than the check's own. */
function isAllowed(field: AskedField, value: unknown): boolean {
  if (value === undefined) return !field.required && field.type !== 'check';
  switch (field.type) {
    case 'text':
    case 'comment': {
      const isShort =
        typeof value === 'string' && value.length <= (field.maxLength ?? 0) && value === value.trim();
      return (
        isShort &&
        value.isWellFormed() &&
        !/[^\P{Cc}\n]/u.test(value) &&
        (field.type === 'comment' || !value.includes('\n'))
      );
    }
    case 'email':
      return typeof value === 'string' && value.split('@').length === 2 && !/[\s,<>]/.test(value);
    case 'tel':
      return typeof value === 'string' && value.replace(/\D/g, '').length >= 5 && !/[a-z\n]/i.test(value);
    case 'check':
      return value === true || (value === false && !field.required);
    case 'choice':
      return field.options.some((it) => it === value);
    case 'number':
      return (
        Number.isFinite(value) &&
        Number(value) >= (field.min ?? -Infinity) &&
        Number(value) <= (field.max ?? Infinity)
      );
    case 'date':
      return typeof value === 'string' && new Date(value).toISOString().slice(0, 10) === value;
    default:
      return (
        Number.isInteger(value) &&
        Number(value) >= scales[field.type][0] &&
        Number(value) <= scales[field.type][1]
      );
  }
}
