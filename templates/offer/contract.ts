import { defineContract } from 'dearly/author';
import { z } from 'zod';
import { data as statement } from '../statement/contract.ts';
import { present } from './present.ts';

/** The statement's own pieces: a fact that two packs ask for must please both. */
export const data = statement.pick({
  tariff: true,
  currency: true,
  pricePerKwh: true,
  previousPricePerKwh: true,
  householdSize: true,
  readings: true,
});
export type OfferData = z.output<typeof data>;

const text = z.string();

export const view = z.object({
  subject: text,
  teaser: text,
  person: z.object({ firstName: text, customerNumber: text }),
  /** "Hello Ada" */
  greeting: text,
  headline: text,
  offer: z.object({
    id: z.enum(['solar', 'fix', 'check']),
    name: text,
    summary: text,
    price: text,
    priceNote: text,
    /** In a year. */
    saving: text,
    savingNote: text,
    /** What it is worth to the house when it is accepted, in the currency's main unit. */
    value: z.number().nonnegative(),
    currency: z.enum(['EUR', 'CHF', 'GBP']),
    benefits: z.array(z.object({ title: text, text })).length(3),
    terms: text,
    button: text,
  }),
  /** Why this one: "because you …" */
  because: text,
  pictureAlt: text,
  /** For the picture: the twelve months, 0.3 to 1, oldest first. */
  light: z.array(z.number().min(0).max(1)).length(12),
  /** For the picture: one window for each person at home, as far as there are windows. */
  windows: z.array(z.boolean()).length(6),
  /** Words that only the video shows or says. */
  video: z.object({
    title: text,
    label: text,
    light: text,
    priceLabel: text,
    savingLabel: text,
    priceCaption: text,
    benefitsTitle: text,
    closingTitle: text,
    closingText: text,
    posterAlt: text,
    termsTitle: text,
    /** What can be asked and done over the picture. */
    ask: z.object({ terms: text, price: text, accept: text }),
    said: z.object({ because: text, price: text }),
  }),
  offerUrl: z.url({ protocol: /^https$/ }),
  contactUrl: z.url({ protocol: /^https$/ }),
});
export type OfferView = z.output<typeof view>;
export type OfferViewInput = z.input<typeof view>;

export default defineContract({
  purpose: 'marketing',
  data,
  view,
  present,
  targets: (it) => ({ offer: it.offerUrl, contact: it.contactUrl }),
});
