// Enters: a locale. Leaves: Formats, Intl's formatters for it, each made once and kept.
// Never: a word of ours, or a format that Intl does not know.
import { keep } from '../template/keep.ts';
import { numberWriter } from './write-number.ts';

const dateStyles = {
  day: { day: 'numeric', month: 'long', year: 'numeric' },
  month: { month: 'long' },
  monthShort: { month: 'short' },
  monthYear: { month: 'long', year: 'numeric' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

type DateStyle = keyof typeof dateStyles;
export type Formats = ReturnType<typeof newFormats>;

/** Making a formatter costs a hundred times as much as using it. */
export const formatsOf = keep(newFormats, 200);

function newFormats(locale: string) {
  const calendar = keep(
    (style: DateStyle, timeZone: string) =>
      new Intl.DateTimeFormat(locale, { ...dateStyles[style], timeZone }),
  );
  const moment = (style: DateStyle, timeZone: string, iso: string) => {
    const text = calendar(style, timeZone).format(new Date(iso));
    // A "6." at the end of a line reads like the end of a sentence.
    return style === 'day' ? text.replaceAll(' ', '\u00a0') : text;
  };
  return {
    moment,
    /** A campaign shows the same few days, months and small numbers over and over. */
    days: keep((style: DateStyle) => keep((iso: string) => moment(style, 'UTC', iso), 1500)),
    count: keep(writers(locale, decimals(0)).plain, 5000),
    number: keep((digits: number) => writers(locale, decimals(digits))),
    percent: keep((digits: number) => writers(locale, { style: 'percent', ...decimals(digits) })),
    money: keep((currency: string) => moneyWriters(locale, currency)),
    relative: keep(() => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })),
    list: keep(
      (type: 'and' | 'or') =>
        new Intl.ListFormat(locale, { type: type === 'and' ? 'conjunction' : 'disjunction' }),
    ),
    plural: keep(() => new Intl.PluralRules(locale)),
  };
}

function moneyWriters(locale: string, currency: string) {
  const money = { style: 'currency', currency } as const;
  const { maximumFractionDigits = 2 } = new Intl.NumberFormat(locale, money).resolvedOptions();
  return {
    /** How many of the smallest unit make one: 100 for EUR, 1 for JPY. */
    minorUnits: 10 ** maximumFractionDigits,
    exact: writers(locale, money),
    whole: writers(locale, { ...money, maximumFractionDigits: 0 }),
  };
}

function writers(locale: string, options: Intl.NumberFormatOptions) {
  const write = (signDisplay: 'negative' | 'exceptZero') =>
    numberWriter(new Intl.NumberFormat(locale, { ...options, signDisplay }));
  return { plain: write('negative'), signed: write('exceptZero') };
}

function decimals(digits: number): Intl.NumberFormatOptions {
  return { minimumFractionDigits: digits, maximumFractionDigits: digits };
}
