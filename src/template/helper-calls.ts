import type { HelperName } from './helpers.ts';

/** What a helper can be given, as far as it shows before there is a person. */
export interface HelperCall {
  /** How to write it. */
  readonly example: string;
  /** How many values, before `name=value` pairs. */
  readonly least: number;
  readonly most: number;
  /** What the first value has to be. */
  readonly takes?: 'number' | 'text' | 'list';
  /** Words for the last value, written out. */
  readonly words?: RegExp;
  /** The pairs it knows, and what may be written there; left out, it takes none. Those of a message are its arguments. */
  readonly pairs?: Readonly<Record<string, RegExp>>;
  /** A pair that it cannot do without. */
  readonly needs?: string;
}

const flag = /^(true|false)$/;
const digits = /^1?\d$/;
const anything = /^/;
const forms = {
  zero: anything,
  one: anything,
  two: anything,
  few: anything,
  many: anything,
  other: anything,
};
const call = (example: string, least: number, most = least): HelperCall => ({ example, least, most });

export const helperCalls: Readonly<Record<HelperName, HelperCall>> = {
  t: { ...call('{{t "key" name=field}}', 1), pairs: {} },
  money: {
    ...call('{{money cents "EUR"}}', 2),
    takes: 'number',
    words: /^[A-Z]{3}$/,
    pairs: { signed: flag, whole: flag },
  },
  number: { ...call('{{number field digits=1}}', 1), takes: 'number', pairs: { digits, signed: flag } },
  percent: { ...call('{{percent share digits=1}}', 1), takes: 'number', pairs: { digits, signed: flag } },
  date: {
    ...call('{{date field "day"}}, or "month", "monthShort", "monthYear"', 2),
    takes: 'text',
    words: /^(day|month|monthShort|monthYear)$/,
  },
  relative: { ...call('{{relative field}}', 1), takes: 'text' },
  plural: {
    ...call('{{plural count one="day" other="days"}}', 1),
    takes: 'number',
    pairs: forms,
    needs: 'other',
  },
  list: { ...call('{{list names type="or"}}', 1), takes: 'list', pairs: { type: /^(and|or)$/ } },
  default: call('{{default nickname firstName}}', 2),
  scale: { ...call('{{scale share 120}}', 2), takes: 'number' },
  url: { ...call('{{url field}}', 1), takes: 'text' },
  eq: call('(eq field "x")', 2),
  gt: call('(gt count 1)', 2),
  and: call('(and a b)', 2, 9),
  or: call('(or a b)', 2, 9),
  not: call('(not a)', 1),
};
