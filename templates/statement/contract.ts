import { defineContract } from 'dearly/author';
import { z } from 'zod';
import { present } from './present.ts';

/** A number, also written as text (CSV). Blank text is no number: it must not become a price of 0. */
const numeric = <Schema extends z.ZodNumber>(schema: Schema) =>
  z.preprocess((it) => (typeof it === 'string' && it.trim() !== '' ? Number(it) : it), schema);
/** The currency's smallest unit per kWh, with fractions. */
const price = numeric(z.number().positive().max(10_000));
/** The currency's smallest unit. */
const minor = numeric(z.number().int().nonnegative().max(100_000_000));
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'expected a month such as 2025-03');

export const data = z.object({
  tariff: z.string().min(1).max(60),
  currency: z.enum(['EUR', 'CHF', 'GBP']),
  /** Per kWh, this year and the year before. */
  pricePerKwh: price,
  previousPricePerKwh: price,
  /** Per month, this year and the year before. */
  baseFee: minor,
  previousBaseFee: minor,
  /** What was paid in advance each month. */
  monthlyPayment: minor,
  householdSize: numeric(z.number().int().min(1).max(12)),
  postcode: z.string().min(3).max(10),
  city: z.string().min(1).max(80),
  /** Oldest first, 24 months without a gap. */
  readings: z
    .array(z.object({ month, kwh: z.number().nonnegative().max(10_000_000) }))
    .length(24)
    .refine(isGapless, 'expected 24 months without a gap, oldest first'),
  /** What the page's own form last learned of the meter. */
  meter: z.object({ reading: numeric(z.number().int().nonnegative().max(100_000_000)) }).optional(),
});

function isGapless(readings: readonly { readonly month: string }[]): boolean {
  const counts = readings.map((it) => Number(it.month.slice(0, 4)) * 12 + Number(it.month.slice(5)));
  return counts.every((count, index) => index === 0 || count === (counts[index - 1] ?? 0) + 1);
}
export type StatementData = z.output<typeof data>;

const text = z.string();
/** 0 to 1, for lengths of bars. */
const share = z.number().min(0).max(1);
const direction = z.enum(['more', 'less', 'same']);

const goal = z.object({ tipsTitle: text, note: text });

export const view = z.object({
  subject: text,
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
          /** How long the days are in that month, north of the equator. */
          daylight: share,
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
    /** What the two parts of the sum are called. */
    energyLabel: text,
    baseFeeLabel: text,
    energy: text,
    energyDetail: text,
    /** Of the total; the rest is the base fee. */
    energyShare: share,
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
  tips: z
    .array(
      z.object({
        id: text,
        title: text,
        text: text,
        saving: text,
        /** "Saves about €40 a year." */
        gain: text,
      }),
    )
    .length(3),
  savingTotal: text,
  plan: z.object({ monthly: text, sentence: text }),
  /** The last reading, where one is known: the next cannot be lower. */
  meter: z.object({ last: z.number().optional(), shown: text }),
  /** Words that only the video shows. */
  video: z.object({
    title: text,
    intro: text,
    yearTitle: text,
    yearText: text,
    daylight: text,
    usageTitle: text,
    usageCaption: text,
    billTitle: text,
    bill: z.object({ usage: text, price: text, fee: text, energyHow: text, feeHow: text }),
    costTitle: text,
    costCaption: text,
    reasonsTitle: text,
    whyTitle: text,
    /** What moved, in a word each, without amounts. */
    why: z.array(z.object({ id: z.enum(['price', 'usage']), label: text, word: text, direction })).length(2),
    /** The reasons with their amounts, one a line. */
    whyText: text,
    tipsTitle: text,
    /** What can be asked and done over the picture. */
    ask: z.object({ goal: text, bill: text, why: text, reasons: text, meter: text, clear: text }),
    /** What changes for those who said in the film what matters to them. */
    goals: z.object({ save: goal, green: goal, certain: goal, simple: goal }),
    balanceTitle: text,
    balanceWhen: text,
    planTitle: text,
    planFrom: text,
    closingText: text,
    closingNote: text,
    tariffLink: text,
    thisYear: text,
    lastYear: text,
    /** What the poster says to those who do not see it. */
    posterAlt: text,
    /** For the ear: shorter than what is shown. */
    said: z.object({ usage: text, bill: text, cost: text, why: text, tips: text, balance: text }),
  }),
  tariffUrl: z.url({ protocol: /^https$/ }),
  contactUrl: z.url({ protocol: /^https$/ }),
});
export type StatementView = z.output<typeof view>;
export type StatementViewInput = z.input<typeof view>;

export default defineContract({
  purpose: 'service',
  data,
  view,
  present,
  attachments: {
    /** The twelve months as a table for one's own sums. */
    usage: ({ usage }, say) => ({
      filename: `${say.t('attachment.usage')}.csv`,
      contentType: 'text/csv; charset=utf-8',
      text: [
        [say.t('usage.month'), say.t('thisYear'), say.t('lastYear')],
        ...usage.months.map(({ name, kwh, previousKwh }) => [name, kwh, previousKwh]),
      ]
        .map((row) => `${row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(';')}\r\n`)
        .join(''),
    }),
    /** The page as a document. */
    statement: (_, say) => ({ filename: `${say.t('attachment.statement')}.pdf`, artefact: 'pdf' }),
    poster: ({ video }) => ({ filename: `${video.title}.jpg`, artefact: 'poster' }),
  },
  /** Whoever has the bill at hand, or lives there, knows it; who found a forwarded mail does not. */
  gate: { name: 'postcode', answer: ({ postcode }) => postcode, when: 'asked' },
  targets: (it) => ({ tariff: it.tariffUrl, contact: it.contactUrl }),
});
