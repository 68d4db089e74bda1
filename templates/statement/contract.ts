import { defineContract } from 'dearly/author';
import { z } from 'zod';
import { present } from './present.ts';

/** Currency's smallest unit. Prices per kWh have fractions of it. */
const minor = z.coerce.number();
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'expected a month such as 2025-03');

export const data = z.object({
  tariff: z.string().min(1).max(60),
  currency: z.enum(['EUR', 'CHF', 'GBP']),
  /** Per kWh, this year and the year before. */
  pricePerKwh: minor.positive(),
  previousPricePerKwh: minor.positive(),
  /** Per month, this year and the year before. */
  baseFee: minor.int().nonnegative(),
  previousBaseFee: minor.int().nonnegative(),
  /** What was paid in advance each month. */
  monthlyPayment: minor.int().nonnegative(),
  householdSize: z.coerce.number().int().min(1).max(12),
  postcode: z.string().min(3).max(10),
  city: z.string().min(1).max(80),
  /** Oldest first, 24 months without a gap. */
  readings: z.array(z.object({ month, kwh: z.number().nonnegative() })).length(24),
});
export type StatementData = z.output<typeof data>;

const text = z.string();
/** 0 to 1, for lengths of bars. */
const share = z.number().min(0).max(1);
const direction = z.enum(['more', 'less', 'same']);

export const view = z.object({
  person: z.object({ name: text, firstName: text, customerNumber: text, city: text }),
  /** "Hello Ada" */
  greeting: text,
  /** The twelve months in words: "November 2024 – October 2025". */
  period: text,
  issuedOn: text,
  tariff: text,
  usage: z.object({
    total: text,
    previous: text,
    /** "−7 %" */
    change: text,
    direction,
    sentence: text,
    perDay: text,
    /** The most thirsty month in words. */
    peak: text,
    months: z
      .array(
        z.object({
          /** "Nov" */
          short: text,
          /** "November 2024" */
          name: text,
          kwh: text,
          previousKwh: text,
          share,
          previousShare: share,
          isPeak: z.boolean(),
        }),
      )
      .length(12),
  }),
  cost: z.object({
    total: text,
    previous: text,
    /** "+56,20 €" */
    difference: text,
    direction,
    sentence: text,
    energy: text,
    energyDetail: text,
    baseFee: text,
    baseFeeDetail: text,
    paid: text,
    balance: text,
    balanceKind: z.enum(['credit', 'due', 'even']),
    balanceSentence: text,
  }),
  /** What moved the cost since last year; the amounts add up to `cost.difference`. */
  reasons: z.array(
    z.object({
      id: z.enum(['price', 'usage', 'base-fee']),
      label: text,
      amount: text,
      detail: text,
      direction,
      share,
    }),
  ),
  /** What the person can do, best first. */
  tips: z.array(z.object({ id: text, title: text, text: text, saving: text })).length(3),
  savingTotal: text,
  plan: z.object({ monthly: text, sentence: text }),
  /** Words that only the video shows. */
  video: z.object({
    title: text,
    intro: text,
    usageTitle: text,
    costTitle: text,
    reasonsTitle: text,
    tipsTitle: text,
    closingTitle: text,
    closingText: text,
    thisYear: text,
    lastYear: text,
  }),
  tariffUrl: z.url({ protocol: /^https$/ }),
  contactUrl: z.url({ protocol: /^https$/ }),
});
export type StatementView = z.output<typeof view>;

export default defineContract({
  purpose: 'service',
  data,
  view,
  present,
  targets: (it) => ({ tariff: it.tariffUrl, contact: it.contactUrl }),
});
