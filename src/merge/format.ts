// Enters: a language's messages and a locale. Leaves: Say, which words and formats everything a person reads.
// Never: a default word; a key without a message is a fault of the pack.
import { IntlMessageFormat } from 'intl-messageformat';
import { DearlyError } from '../errors.ts';
import type { Say } from '../template/contract.ts';
import type { Messages } from '../template/messages.ts';

/**
 * `locale` gives the formats as long as it speaks `lang`; otherwise `lang` alone does, so that no German sentence
 * holds an English date. Cheap to call per person: formatters are kept per locale, parsed messages per pack.
 */
export function makeSay(voice: {
  readonly lang: string;
  readonly locale: string;
  readonly messages: Messages;
  readonly timeZone: string;
}): Say {
  const { lang, messages, timeZone } = voice;
  const locale = new Intl.Locale(voice.locale).language === lang ? voice.locale : lang;
  return {
    lang,
    locale,
    t: (key, values) => String(message(messages, key, locale).format(values as Record<string, string>)),
    money(minor, currency, { signed = false, whole = false } = {}) {
      const format = money(locale, currency, signed, whole);
      return typeset(format, minor / 10 ** minorDigits(currency));
    },
    number: (value, { digits = 0, signed = false } = {}) => typeset(number(locale, digits, signed), value),
    percent: (share, { digits = 0, signed = false } = {}) => typeset(percent(locale, digits, signed), share),
    date(iso, style) {
      // A day or month belongs to no time zone; a moment is shown in the person's.
      const isMoment = iso.includes('T');
      return date(locale, style, isMoment ? timeZone : 'UTC').format(new Date(iso));
    },
  };
}

/** Intl writes ASCII hyphens for minus, and sets them right against a currency's letters. */
function typeset(format: Intl.NumberFormat, value: number): string {
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

const money = kept(
  (locale: string, currency: string, signed: boolean, whole: boolean) =>
    new Intl.NumberFormat(locale, {
      style: 'currency',
      currency,
      signDisplay: sign(signed),
      ...(whole ? { maximumFractionDigits: 0 } : {}),
    }),
);

const number = kept(
  (locale: string, digits: number, signed: boolean) =>
    new Intl.NumberFormat(locale, {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
      signDisplay: sign(signed),
    }),
);

const percent = kept(
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

const date = kept(
  (locale: string, style: keyof typeof dateStyles, timeZone: string) =>
    new Intl.DateTimeFormat(locale, { ...dateStyles[style], timeZone }),
);

const minorDigits = kept(
  (currency: string) =>
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2,
);

/** Making an Intl formatter costs a hundred times as much as using it. The keys are few: locales times options. */
function kept<Key extends readonly (string | number | boolean)[], Value>(make: (...key: Key) => Value) {
  const all = new Map<string, Value>();
  return (...key: Key): Value => {
    const name = key.join('|');
    const known = all.get(name) ?? make(...key);
    all.set(name, known);
    return known;
  };
}

const parsed = new WeakMap<Messages, Map<string, IntlMessageFormat>>();

function message(messages: Messages, key: string, locale: string): IntlMessageFormat {
  const all = parsed.get(messages) ?? new Map<string, IntlMessageFormat>();
  parsed.set(messages, all);
  const name = `${locale}|${key}`;
  const known = all.get(name);
  if (known !== undefined) return known;
  const text = Object.hasOwn(messages, key) ? messages[key] : undefined;
  if (text === undefined) {
    throw new DearlyError('pack-invalid', `The pack has no message "${key}".`, {
      details: [`messages: "${key}" is asked for and stands in no file of this language`],
    });
  }
  const made = new IntlMessageFormat(text, locale, undefined, { ignoreTag: true });
  all.set(name, made);
  return made;
}
