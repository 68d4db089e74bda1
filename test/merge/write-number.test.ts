import fc from 'fast-check';
import { expect, it } from 'vitest';
import { numberWriter } from '../../src/merge/write-number.ts';

const locales = ['de-DE', 'de-AT', 'de-CH', 'en-IN', 'it-IT', 'es-ES', 'sv-SE', 'he-IL', 'ar-EG', 'fa-IR'];
const options: readonly Intl.NumberFormatOptions[] = [
  {},
  { minimumFractionDigits: 0, maximumFractionDigits: 0 },
  { minimumFractionDigits: 2, maximumFractionDigits: 2 },
  { style: 'percent' },
  { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 },
  { style: 'currency', currency: 'EUR' },
  { style: 'currency', currency: 'CHF', maximumFractionDigits: 0 },
  { style: 'currency', currency: 'JPY' },
  { style: 'currency', currency: 'KWD' },
];
const formats = locales.flatMap((locale) =>
  options.flatMap((it) =>
    (['negative', 'exceptZero'] as const).map((signDisplay) => {
      const format = new Intl.NumberFormat(locale, { ...it, signDisplay });
      return { name: JSON.stringify([locale, it]), format, write: numberWriter(format) };
    }),
  ),
);
/** Where rounding is hard: halves that a double cannot hold, and what rounds to nothing. */
const edges = [0, -0, 0.5, -0.5, 1.5, 0.005, 1.005, -0.004, 999.995, 99.5, 1e9, 1e21, -1e-9];
const values = fc.oneof(
  fc.constantFrom(...edges, Number.NaN, Number.POSITIVE_INFINITY),
  fc.integer({ min: -100_000_000, max: 100_000_000 }).map((it) => it / 100),
  fc.integer({ min: -10_000, max: 10_000 }).map((it) => it / 2000),
  fc.double({ min: -1e7, max: 1e7, noNaN: true }),
);

it('writes what Intl writes, but for the minus', () => {
  fc.assert(
    fc.property(fc.constantFrom(...formats), values, ({ name, format, write }, value) => {
      // The sign is set right on purpose (format.test.ts has where); all else is Intl's to the letter.
      const bare = (text: string) => text.replace(/[-−+\u00a0]/g, '');
      expect(bare(write(value)), name).toBe(bare(format.format(value)));
      expect(write(value), name).not.toContain('-');
    }),
    { numRuns: 5000 },
  );
});
