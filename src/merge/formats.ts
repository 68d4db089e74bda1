// Enters: a locale. Leaves: Formats, Intl's formatters for it, each made once and kept.
// Never: a word of ours, or a format that Intl does not know.
import { keep } from '../template/keep.ts';

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
  const number = keep(
    (digits: number, signed: boolean) => new Intl.NumberFormat(locale, decimals(digits, signed)),
  );
  return {
    moment,
    number,
    /** A campaign shows the same few days, months and small numbers over and over. */
    day: keep((style: DateStyle, iso: string) => moment(style, 'UTC', iso), 5000),
    count: keep((value: number) => typeset(number(0, false), value, false), 5000),
    percent: keep(
      (digits: number, signed: boolean) =>
        new Intl.NumberFormat(locale, { style: 'percent', ...decimals(digits, signed) }),
    ),
    money: keep((currency: string) => moneyFormats(locale, currency)),
    relative: keep(() => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })),
    list: keep(
      (type: 'and' | 'or') =>
        new Intl.ListFormat(locale, { type: type === 'and' ? 'conjunction' : 'disjunction' }),
    ),
    plural: keep(() => new Intl.PluralRules(locale)),
  };
}

function moneyFormats(locale: string, currency: string) {
  const make = (signed: boolean, whole: boolean) =>
    new Intl.NumberFormat(locale, {
      style: 'currency',
      currency,
      signDisplay: sign(signed),
      ...(whole ? { maximumFractionDigits: 0 } : {}),
    });
  const plain = make(false, false);
  return {
    /** How many of the smallest unit make one: 100 for EUR, 1 for JPY. */
    minorUnits: 10 ** (plain.resolvedOptions().maximumFractionDigits ?? 2),
    plain,
    signed: make(true, false),
    whole: make(false, true),
    signedWhole: make(true, true),
  };
}

/** Intl writes ASCII hyphens for minus, and sets them right against a currency's letters. */
export function typeset(format: Intl.NumberFormat, value: number, signed: boolean): string {
  const text = format.format(value);
  if (value >= 0 && !signed) return text;
  const signs = signsOf.get(format) ?? readSigns(format);
  signsOf.set(format, signs);
  const [written, shown] = value < 0 ? signs.minus : signs.plus;
  return written === '' ? text : text.replace(written, shown);
}

type Sign = readonly [written: string, shown: string];
const signsOf = new WeakMap<Intl.NumberFormat, { readonly minus: Sign; readonly plus: Sign }>();

/** Taking numbers apart costs six times as much as writing them, and the sign of a format is always the same. */
function readSigns(format: Intl.NumberFormat): { readonly minus: Sign; readonly plus: Sign } {
  return { minus: signOf(format.formatToParts(-1)), plus: signOf(format.formatToParts(1)) };
}

function signOf(parts: readonly Intl.NumberFormatPart[]): Sign {
  const index = parts.findIndex((it) => it.type === 'minusSign' || it.type === 'plusSign');
  const sign = parts[index];
  if (sign === undefined) return ['', ''];
  const before = parts[index - 1];
  const space = before?.type === 'currency' && /\p{L}$/u.test(before.value) ? '\u00a0' : '';
  return [sign.value, space + (sign.type === 'minusSign' ? '−' : sign.value)];
}

function decimals(digits: number, signed: boolean): Intl.NumberFormatOptions {
  return { minimumFractionDigits: digits, maximumFractionDigits: digits, signDisplay: sign(signed) };
}

function sign(signed: boolean): 'exceptZero' | 'negative' {
  return signed ? 'exceptZero' : 'negative';
}
