// Enters: a language's messages and a locale. Leaves: Say, which words and formats everything a person reads.
// Never: a default word; a key without a message is a fault of the pack.
import { DearlyError } from '../errors.ts';
import type { Say } from '../template/contract.ts';
import { keep } from '../template/keep.ts';
import type { Messages } from '../template/messages.ts';
import { compileMessage, type Message } from './compile-message.ts';
import { dayIn } from './day-in.ts';
import { formatsOf } from './formats.ts';
import { stepFrom } from './step-from.ts';

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
  const wordsIn = keep((locale: string) => messagesOf(messages, locale));
  return keep((lang: string, locale: string, timeZone: string, asOf: string): Say => {
    const message = wordsIn(locale);
    const formats = formatsOf(locale);
    const date: Say['date'] = (iso, style) =>
      // A day or month belongs to no time zone; a moment is shown in the person's.
      iso.includes('T') ? formats.moment(style, timeZone, iso) : formats.days(style)(iso);
    return {
      lang,
      locale,
      words: messages,
      t(key, values = nothing) {
        const found = message(key);
        return typeof found === 'string' ? found : found(values);
      },
      money(minor, currency, { signed = false, whole = false } = {}) {
        const { minorUnits, exact, whole: rounded } = formats.money(currency);
        return (whole ? rounded : exact)[signed ? 'signed' : 'plain'](minor / minorUnits);
      },
      number: (value, { digits = 0, signed = false } = {}) =>
        digits === 0 && !signed
          ? formats.count(value)
          : formats.number(digits)[signed ? 'signed' : 'plain'](value),
      percent: (share, { digits = 0, signed = false } = {}) =>
        formats.percent(digits)[signed ? 'signed' : 'plain'](share),
      date,
      relative(iso) {
        if (asOf === '') return date(iso, 'day');
        const [count, unit] = stepFrom(asOf, iso.includes('T') ? dayIn(timeZone, new Date(iso)) : iso);
        return formats.relative().format(count, unit);
      },
      list: (items, { type = 'and' } = {}) => formats.list(type).format(items),
      plural: (count, forms) => forms[formats.plural().select(count)] ?? forms.other,
    };
  });
}

const nothing = {};

function messagesOf(messages: Messages, locale: string): (key: string) => Message {
  const known = new Map<string, Message>();
  return (key) => {
    const message = known.get(key);
    if (message !== undefined) return message;
    if (!Object.hasOwn(messages, key)) {
      throw new DearlyError('pack-invalid', `The pack has no message "${key}".`, {
        details: [`messages: "${key}" is asked for and stands in no file of this language`],
      });
    }
    const made = compileMessage(messages[key] ?? '', locale);
    known.set(key, made);
    return made;
  };
}
