// Enters: a language's messages and a locale. Leaves: Say, which words and formats everything a person reads.
// Never: a default word; a key without a message is a fault of the pack.
import { DearlyError } from '../errors.ts';
import type { Say } from '../template/contract.ts';
import type { Messages } from '../template/messages.ts';
import { compileMessage, type Message } from './compile-message.ts';
import { dayIn } from './day-in.ts';
import { keep } from './keep.ts';

export interface Voice {
  readonly lang: string;
  readonly locale: string;
  readonly messages: Messages;
  readonly timeZone: string;
  /** ISO date that relative dates count from; without it they are written out. */
  readonly asOf?: string;
}

type MakeSay = (lang: string, locale: string, timeZone: string, asOf: string) => Say;
const voices = new WeakMap<Messages, MakeSay>();

/**
 * `locale` gives the formats as long as it speaks `lang`; otherwise `lang` alone does, so that no German sentence
 * holds an English date. Cheap to call per person: those who speak alike share one Say.
 */
export function makeSay({ lang, locale, messages, timeZone, asOf = '' }: Voice): Say {
  const make = voices.get(messages) ?? sayWith(messages);
  voices.set(messages, make);
  return make(lang, localeOf(locale, lang), timeZone, asOf);
}

const localeOf = keep((locale: string, lang: string) =>
  new Intl.Locale(locale).language === lang ? locale : lang,
);

function sayWith(messages: Messages): MakeSay {
  const message = messagesOf(messages);
  return keep((lang: string, locale: string, timeZone: string, asOf: string): Say => {
    const date: Say['date'] = (iso, style) =>
      // A day or month belongs to no time zone; a moment is shown in the person's.
      iso.includes('T') ? dateFormat(locale, style, timeZone).format(new Date(iso)) : day(locale, style, iso);
    return {
      lang,
      locale,
      t(key, values = {}) {
        const found = message(key, locale);
        return typeof found === 'string' ? found : found(values);
      },
      money(minor, currency, { signed = false, whole = false } = {}) {
        return typeset(money(locale, currency, signed, whole), minor / 10 ** minorDigits(currency), signed);
      },
      number: (value, { digits = 0, signed = false } = {}) =>
        typeset(number(locale, digits, signed), value, signed),
      percent: (share, { digits = 0, signed = false } = {}) =>
        typeset(percent(locale, digits, signed), share, signed),
      date,
      relative(iso) {
        if (asOf === '') return date(iso, 'day');
        const to = iso.includes('T') ? dayIn(timeZone, new Date(iso)) : iso;
        const [count, unit] = stepFrom(asOf, to);
        return relative(locale).format(count, unit);
      },
      list: (items, { type = 'and' } = {}) => list(locale, type).format(items),
      plural: (count, forms) => forms[plural(locale).select(count)] ?? forms.other,
    };
  });
}

function messagesOf(messages: Messages): (key: string, locale: string) => Message {
  const locales = keep((locale: string) => {
    const known = new Map<string, Message>();
    return (key: string): Message => {
      const text = known.get(key);
      if (text !== undefined) return text;
      if (!Object.hasOwn(messages, key)) {
        throw new DearlyError('pack-invalid', `The pack has no message "${key}".`, {
          details: [`messages: "${key}" is asked for and stands in no file of this language`],
        });
      }
      const made = compileMessage(messages[key] ?? '', locale);
      known.set(key, made);
      return made;
    };
  });
  return (key, locale) => locales(locale)(key);
}

/** The unit that says it best: days for a fortnight, then weeks, months, years. */
function stepFrom(from: string, to: string): readonly [number, Intl.RelativeTimeFormatUnit] {
  const days = Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
  const size = Math.abs(days);
  if (size < 14) return [days, 'day'];
  if (size < 60) return [Math.trunc(days / 7), 'week'];
  if (size < 365) return [Math.trunc(days / 30.44), 'month'];
  return [Math.trunc(days / 365.25), 'year'];
}

/** Intl writes ASCII hyphens for minus, and sets them right against a currency's letters. */
function typeset(format: Intl.NumberFormat, value: number, signed: boolean): string {
  if (value >= 0 && !signed) return format.format(value);
  let text = '';
  let before = '';
  for (const part of format.formatToParts(value)) {
    const isSign = part.type === 'minusSign' || part.type === 'plusSign';
    if (isSign && before === 'currency' && /\p{L}$/u.test(text)) text += '\u00a0';
    text += part.type === 'minusSign' ? '−' : part.value;
    before = part.type;
  }
  return text;
}

const sign = (signed: boolean) => (signed ? 'exceptZero' : 'negative');

const money = keep(
  (locale: string, currency: string, signed: boolean, whole: boolean) =>
    new Intl.NumberFormat(locale, {
      style: 'currency',
      currency,
      signDisplay: sign(signed),
      ...(whole ? { maximumFractionDigits: 0 } : {}),
    }),
);

const number = keep(
  (locale: string, digits: number, signed: boolean) =>
    new Intl.NumberFormat(locale, {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
      signDisplay: sign(signed),
    }),
);

const percent = keep(
  (locale: string, digits: number, signed: boolean) =>
    new Intl.NumberFormat(locale, {
      style: 'percent',
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
      signDisplay: sign(signed),
    }),
);

const dateStyles = {
  day: { day: 'numeric', month: 'long', year: 'numeric' },
  month: { month: 'long' },
  monthShort: { month: 'short' },
  monthYear: { month: 'long', year: 'numeric' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

const dateFormat = keep(
  (locale: string, style: keyof typeof dateStyles, timeZone: string) =>
    new Intl.DateTimeFormat(locale, { ...dateStyles[style], timeZone }),
);

const minorDigits = keep(
  (currency: string) =>
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2,
);

/** A campaign shows the same few days and months over and over. */
const day = keep(
  (locale: string, style: keyof typeof dateStyles, iso: string) =>
    dateFormat(locale, style, 'UTC').format(new Date(iso)),
  5000,
);

const relative = keep((locale: string) => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }));

const list = keep(
  (locale: string, type: 'and' | 'or') =>
    new Intl.ListFormat(locale, { type: type === 'and' ? 'conjunction' : 'disjunction' }),
);

const plural = keep((locale: string) => new Intl.PluralRules(locale));
