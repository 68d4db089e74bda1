// Enters: what a template asks for. Leaves: the words and numbers it gets. Never: HTML, or a script's address.
import { DearlyError } from '../errors.ts';
import type { Say } from './contract.ts';

interface Options {
  readonly hash: Readonly<Record<string, string | number>>;
  readonly data: { readonly say: Say };
}

/** All that templates may call, besides Handlebars' own if, unless, each and with. */
export const helpers = {
  /** `{{t "tips.total" amount=savingTotal}}` */
  t: (key: string, options: Options) => options.data.say.t(key, options.hash),
  /** `{{money 1299 "EUR"}}`: minor units. Views hold money ready to show; this is for the rest. */
  money: (minor: number, currency: string, options: Options) => options.data.say.money(minor, currency),
  number: (value: number, options: Options) => options.data.say.number(value, options.hash),
  percent: (share: number, options: Options) => options.data.say.percent(share, options.hash),
  date: (iso: string, style: Parameters<Say['date']>[1], options: Options) =>
    options.data.say.date(iso, style),
  /** `{{plural count one="Tag" other="Tage"}}`; longer sentences belong into messages. */
  plural: (count: number, { data, hash }: Options) =>
    hash[new Intl.PluralRules(data.say.locale).select(count)] ?? hash.other ?? '',
  /** `{{scale share 120}}`: a share as a length in whole pixels or units, for bars. */
  scale: (share: number, length: number) => Math.round(Number(share) * Number(length)),
  url: (address: unknown) => safeAddress(address),
  eq: (a: unknown, b: unknown) => a === b,
  gt: (a: number, b: number) => a > b,
  and: (...given: unknown[]) => given.slice(0, -1).every(isTruthy),
  or: (...given: unknown[]) => given.slice(0, -1).some(isTruthy),
  not: (it: unknown) => !isTruthy(it),
} as const;

export type HelperName = keyof typeof helpers;

/** How many values each takes, before `name=value` pairs. */
export const arity: Readonly<Record<HelperName, readonly [least: number, most: number]>> = {
  t: [1, 1],
  money: [2, 2],
  number: [1, 1],
  percent: [1, 1],
  date: [2, 2],
  plural: [1, 1],
  scale: [2, 2],
  url: [1, 1],
  eq: [2, 2],
  gt: [2, 2],
  and: [2, 9],
  or: [2, 9],
  not: [1, 1],
};

/** As Handlebars' own `if` sees it: an empty list is nothing. */
function isTruthy(it: unknown): boolean {
  return Array.isArray(it) ? it.length > 0 : Boolean(it);
}

/** Only what may be opened from a message: a `javascript:` address that came with the data ends here. */
function safeAddress(address: unknown): string {
  const text = String(address);
  const protocol = URL.parse(text)?.protocol ?? '';
  if (['https:', 'mailto:', 'tel:'].includes(protocol)) return text;
  throw new DearlyError('data-incomplete', 'An address of this profile cannot be linked to.', {
    details: [`url: expected https, mailto or tel, got ${protocol === '' ? 'no address' : protocol}`],
  });
}
