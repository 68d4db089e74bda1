// Enters: what a template asks for. Leaves: the words and numbers it gets.
// Never: HTML (but for rich messages, which the pack's author wrote and the loader checked), or a script's address.
import Handlebars from 'handlebars';
import { DearlyError } from '../errors.ts';
import type { PluralForms, Say } from './contract.ts';
import type { Options } from './fill-scope.ts';
import { isRich } from './rich-message.ts';

/** All that templates may call, besides Handlebars' own if, unless, each and with. */
export const helpers = {
  /** `{{t "tips.total" amount=savingTotal}}`; a message whose key ends with `.html` is set as HTML, its arguments never are. */
  t(key: string, { data, hash }: Options) {
    return isRich(key) ? new Handlebars.SafeString(data.say.t(key, escaped(hash))) : data.say.t(key, hash);
  },
  /** `{{money 1299 "EUR" whole=true signed=true}}`: minor units. Views hold money ready to show; this is for the rest. */
  money: (minor: unknown, currency: unknown, { data, hash }: Options) =>
    data.say.money(numeric(minor), currencyCode(currency), hash),
  number: (value: unknown, { data, hash }: Options) => data.say.number(numeric(value), hash),
  percent: (share: unknown, { data, hash }: Options) => data.say.percent(numeric(share), hash),
  /** `{{date iso "day"}}`; a moment is shown as the day it is where the person lives. */
  date: (iso: unknown, style: Parameters<Say['date']>[1], { data }: Options) =>
    data.say.date(day(iso), style),
  /** `{{relative iso}}`: "tomorrow", "in 3 weeks". */
  relative: (iso: unknown, { data }: Options) => data.say.relative(day(iso)),
  /** `{{plural count one="Tag" other="Tage"}}`; longer sentences belong into messages. */
  plural: (count: unknown, { data, hash }: Options) =>
    data.say.plural(numeric(count), { other: '', ...hash } as PluralForms),
  /** `{{list names}}`, `{{list names type="or"}}`: "a, b and c". */
  list: (items: unknown, { data, hash }: Options) =>
    data.say.list(Array.isArray(items) ? items.map(word) : [], hash),
  /** `{{default nickname firstName}}`: the second where there is no first; 0 and false are something. */
  default: (it: unknown, other: unknown) => (it === undefined || it === null || it === '' ? other : it),
  /** `{{scale share 120}}`: a share as a length in whole pixels or units, for bars. */
  scale: (share: unknown, length: unknown) => Math.round(numeric(share) * numeric(length)),
  url: (address: unknown) => safeAddress(address),
  eq: (a: unknown, b: unknown) => a === b,
  gt: (a: number, b: number) => a > b,
  and: (...given: unknown[]) => given.slice(0, -1).every(isTruthy),
  or: (...given: unknown[]) => given.slice(0, -1).some(isTruthy),
  not: (it: unknown) => !isTruthy(it),
} as const;

export type HelperName = keyof typeof helpers;

/** As Handlebars' own `if` sees it: an empty list is nothing. */
function isTruthy(it: unknown): boolean {
  return Array.isArray(it) ? it.length > 0 : Boolean(it);
}

/** Numbers stay numbers, so that plural rules can read them. */
function escaped(values: Options['hash']): Options['hash'] {
  const safe = Object.entries(values).map(([name, it]) => [
    name,
    typeof it === 'number' ? it : Handlebars.escapeExpression(String(it)),
  ]);
  return Object.fromEntries(safe);
}

/** A gap in the data stops the message: nobody is told "NaN €". */
function numeric(value: unknown): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw unusable('A number of this profile cannot be shown.', `expected a number, got ${kindOf(value)}`);
}

const isoDate = /^(\d{4}-\d{2}(?:-\d{2})?)(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2}))?$/;

/** JavaScript reads `05.11.2025` as the 11th of May, and the 30th of February as one of March; a moment without its offset hangs on the machine. */
function day(iso: unknown): string {
  const date = typeof iso === 'string' ? isoDate.exec(iso)?.[1] : undefined;
  if (date !== undefined && isInCalendar(date) && !Number.isNaN(Date.parse(iso as string)))
    return iso as string;
  throw unusable('A date of this profile cannot be shown.', `expected an ISO date, got ${kindOf(iso)}`);
}

function isInCalendar(date: string): boolean {
  const at = Date.parse(date);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(date);
}

function currencyCode(currency: unknown): string {
  if (typeof currency === 'string' && /^[A-Za-z]{3}$/.test(currency)) return currency;
  throw unusable(
    'An amount of this profile cannot be shown.',
    `expected a currency such as EUR, got ${kindOf(currency)}`,
  );
}

function word(item: unknown): string {
  if (typeof item === 'string' || typeof item === 'number') return String(item);
  throw unusable('A list of this profile cannot be shown.', `expected texts in it, got ${kindOf(item)}`);
}

/** What it is, and never what it says. */
function kindOf(value: unknown): string {
  return value === null || typeof value === 'number' ? String(value) : typeof value;
}

/** Only what may be opened from a message: a `javascript:` address that came with the data ends here. */
function safeAddress(address: unknown): string {
  const text = String(address);
  const protocol = URL.parse(text)?.protocol ?? '';
  if (['https:', 'mailto:', 'tel:'].includes(protocol)) return text;
  const got = protocol === '' ? 'no address' : protocol;
  throw unusable(
    'An address of this profile cannot be linked to.',
    `url: expected https, mailto or tel, got ${got}`,
  );
}

function unusable(message: string, detail: string): DearlyError {
  return new DearlyError('data-incomplete', message, { details: [detail] });
}
