import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { factShape } from '../../src/profile/fact-shape.ts';
import { importRow } from '../../src/profile/import-row.ts';

const at = '2026-11-22T08:00:00.000Z';
const shape = factShape([
  {
    name: 'statement',
    data: z.object({
      householdSize: z.coerce.number().int().min(1).max(12),
      pricePerKwh: z.coerce.number().positive(),
      city: z.string().max(80).optional(),
      readings: z.array(z.object({ month: z.string(), kwh: z.number().nonnegative() })).length(2),
      since: z.coerce.date(),
    }),
  },
  {
    name: 'offer',
    data: z.object({ householdSize: z.coerce.number().max(4), pricePerKwh: z.coerce.number() }),
  },
]);
const read = (cells: Record<string, unknown>, line = 7) =>
  importRow({ kind: 'row', line, entries: Object.entries(cells) }, { shape, at });
const errorsOf = (cells: Record<string, unknown>) => {
  const row = read({ external_id: 'K1', ...cells });
  return row.kind === 'errors' ? row.errors : [];
};

describe('a row', () => {
  it('becomes what it says, and nothing it does not say', () => {
    const row = read({
      external_id: ' K1 ',
      email: 'ada@kunde.example',
      first_name: 'Zoë',
      last_name: '',
      locale: 'DE-at',
      time_zone: 'Europe/Vienna',
      consent_marketing: 'Ja',
      consent_tracking: '0',
      consent_service: '',
      household_size: '3',
      city: '',
      shoe_size: '42',
    });
    expect(row).toEqual({
      kind: 'patch',
      leftOut: ['shoe_size'],
      patch: {
        externalId: 'K1',
        email: 'ada@kunde.example',
        firstName: 'Zoë',
        locale: 'de-AT',
        timeZone: 'Europe/Vienna',
        consents: {
          marketing: { granted: true, at, source: 'import' },
          tracking: { granted: false, at, source: 'import' },
        },
        facts: { householdSize: 3 },
      },
    });
  });

  it('may name columns in either case, and hold nested values', () => {
    const readings = [
      { month: '2025-01', kwh: 5 },
      { month: '2025-02', kwh: 6 },
    ];
    expect(
      read({ externalId: 4711, email: null, price_per_kwh: 32.5, readings, consentMarketing: true }),
    ).toMatchObject({
      kind: 'patch',
      patch: { externalId: '4711', email: null, facts: { pricePerKwh: 32.5, readings } },
    });
  });

  it('keeps a value as it came where the schema makes something of it that JSON cannot hold', () => {
    expect(read({ external_id: 'K1', since: '2025-01-02' })).toMatchObject({
      patch: { facts: { since: '2025-01-02' } },
    });
  });

  it('names line, column and what was expected, all faults at once', () => {
    const row = read({
      external_id: 'K1',
      email: 'secret@person',
      locale: 'de_DE',
      time_zone: 'Mars/Olympus',
      consent_marketing: 'maybe',
      price_per_kwh: '32,5',
      readings: [
        { month: '2025-01', kwh: 1 },
        { month: '2025-02', kwh: -1 },
      ],
    });
    expect(row.kind === 'errors' && row.errors.map((it) => [it.line, it.column])).toEqual([
      [7, 'email'],
      [7, 'locale'],
      [7, 'time_zone'],
      [7, 'consent_marketing'],
      [7, 'price_per_kwh'],
      [7, 'readings[1].kwh'],
    ]);
    expect(row.kind === 'errors' && row.errors[4]?.reason).toBe('expected number');
    expect(JSON.stringify(row)).not.toContain('secret');
    expect(JSON.stringify(row)).not.toContain('maybe');
  });

  it('must please every pack that asks for the fact', () => {
    expect(errorsOf({ household_size: '5' })).toMatchObject([{ column: 'household_size' }]);
    expect(errorsOf({ household_size: '0' })).toMatchObject([{ column: 'household_size' }]);
    expect(errorsOf({ household_size: '4' })).toEqual([]);
  });

  it.each([[''], ['   '], [null]])('needs a customer’s number: %j', (external_id) => {
    expect(read({ external_id })).toMatchObject({ kind: 'errors', errors: [{ column: 'external_id' }] });
  });

  it('needs the column, too, and takes no key twice', () => {
    expect(read({ email: 'a@b.example' })).toMatchObject({
      kind: 'errors',
      errors: [{ column: 'external_id' }],
    });
    expect(errorsOf({ first_name: 'A', firstName: 'B' })).toMatchObject([{ column: 'firstName' }]);
  });

  it.each([
    ['a NUL character', 'A\0'],
    ['half a surrogate pair', '\ud83d'],
    ['a line break', 'A\r\nBcc: x@y.example'],
    ['a huge name', 'x'.repeat(201)],
    ['a number', 12],
  ])('refuses %s as a name', (_, first_name) => {
    expect(errorsOf({ first_name })).toMatchObject([{ line: 7, column: 'first_name' }]);
  });

  it('refuses what jsonb cannot hold, deep inside facts, too', () => {
    expect(errorsOf({ readings: [{ month: 'a\0', kwh: 1 }] })).toMatchObject([{ column: 'readings' }]);
    let deep: unknown = 'end';
    for (let level = 0; level < 5000; level++) deep = [deep];
    expect(errorsOf({ readings: deep })).toMatchObject([{ column: 'readings' }]);
  });

  it('takes formulas and quotes for what they are: text', () => {
    const city = '=HYPERLINK("http://x","y")';
    expect(read({ external_id: 'K1', first_name: "O'Neill 🌻 נועה", city })).toMatchObject({
      patch: { firstName: "O'Neill 🌻 נועה", facts: { city } },
    });
  });

  it.each(['ada@bücher.example', 'jürgen@kunde.example', "o'neill+x@sub.kunde.example", 'a@пример.рф'])(
    'takes the address %s',
    (email) => {
      expect(errorsOf({ email })).toEqual([]);
    },
  );

  it.each([
    'ada',
    'a@b',
    'a@b.example,c@d.example',
    '<a@b.example>',
    'a b@c.example',
    'a@b..example',
    '.a@b.example',
    'a@-b.example',
    'a@b.exa\u2028mple',
    `${'a'.repeat(65)}@b.example`,
    'a@[127.0.0.1]',
    'a@b.example>',
  ])('refuses the address %j', (email) => {
    expect(errorsOf({ email }).length).toBe(1);
  });

  it('never throws and never leaves a prototype behind, whatever stands in it', () => {
    const keys = fc.constantFrom(
      'external_id',
      'email',
      '__proto__',
      'constructor',
      'readings',
      'household_size',
      'city',
      'toString',
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(keys, fc.jsonValue())), (entries) => {
        const row = importRow({ kind: 'row', line: 1, entries }, { shape, at });
        if (row.kind === 'patch')
          expect(Object.keys(row.patch.facts ?? {}).every((it) => shape.has(it))).toBe(true);
        expect(({} as Record<string, unknown>).polluted).toBeUndefined();
      }),
    );
  });
});
