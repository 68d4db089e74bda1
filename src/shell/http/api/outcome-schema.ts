import { z } from 'zod';
import { steps } from '../../../measure/funnel.ts';
import type { Outcome } from '../../../measure/outcome.ts';

export const count = z.number().int();
export const share = z.number().describe('0 to 1');
export const moment = z.string().describe('ISO 8601');
export const money = z.string().describe('An exact decimal, such as 1234.5');
export const interval = z.object({ low: z.number(), high: z.number() }).describe('95 %');

export const measured = z.object({
  people: count.describe('Who count: for clicks who agreed to be counted, else whose message was accepted'),
  hits: count.describe('Those of them who did it, once each, machines left out'),
  rate: share.nullable().describe('Null where there is nobody'),
  interval: interval.describe('Of the rate, 95 % (Wilson)'),
});

const step = z.object({
  step: z.enum(steps),
  people: count.describe('Distinct people, machines left out'),
  of: z
    .enum(['planned', 'sent', 'accepted', 'tracked'])
    .nullable()
    .describe(
      'Whom it is a share of. tracked: of the accepted those who had agreed to be counted when they were written to',
    ),
  among: count.nullable().describe('How many those are'),
  share: share.nullable(),
  interval: interval.nullable().describe('Of the share, 95 % (Wilson)'),
  machines: count.nullable().describe('People whose scanner or prefetcher did it; null where no machine can'),
  later: count.describe('People seen who agreed only later, on the page; in no share'),
});
export const funnel = z.object({ steps: z.array(step).readonly() });

const value = z.object({
  currency: z.string().describe('ISO 4217'),
  conversions: count.describe('Those with a value in this currency'),
  people: count,
  sum: money,
  perConversion: money.nullable(),
  perAccepted: money.nullable().describe('Of all whose message was accepted'),
});

const cost = z.object({
  currency: z.string(),
  perMessage: money,
  messages: count.describe('Handed to a mail server'),
  total: money,
  perClick: money.nullable().describe('Of those who agreed to be counted'),
  perAnswer: money.nullable(),
  perConversion: money.nullable().describe('Per person who converted'),
  value: money.describe('What conversions in this currency were worth'),
  return: money.nullable().describe('`value` over `total`'),
});

const scores = z.array(z.object({ score: count, people: count })).readonly();
const told = { field: z.string(), people: count };
const field = z.discriminatedUnion('type', [
  z.object({
    ...told,
    type: z.literal('nps'),
    promoters: count.describe('9 and 10'),
    passives: count,
    detractors: count.describe('0 to 6'),
    score: z.number().describe('-100 to 100'),
    interval: interval.describe('Of the score, 95 % (adjusted Wald)'),
    byScore: scores,
  }),
  z.object({
    ...told,
    type: z.literal('csat'),
    mean: z.number(),
    satisfied: count.describe('4 and 5'),
    share,
    interval,
    byScore: scores,
  }),
  z.object({ ...told, type: z.enum(['ces', 'number']), mean: z.number(), byScore: scores }),
  z.object({
    ...told,
    type: z.literal('choice'),
    options: z.array(z.object({ option: z.string(), people: count, share, interval })).readonly(),
  }),
  z.object({ ...told, type: z.literal('given').describe('A reading, a date: how many gave one') }),
]);

export const outcome = z.object({
  funnel: funnel.describe('How far people came, each once'),
  values: z.array(value).readonly().describe('What conversions were worth, by currency'),
  cost: cost.nullable().describe('Null unless the campaign says `cost_per_message`'),
  surveys: z
    .array(z.object({ form: z.string(), people: count, fields: z.array(field).readonly() }))
    .readonly()
    .describe('Each person’s last answer to each form'),
  chat: z.object({
    people: count,
    questions: count,
    unanswered: count,
    share: share.nullable().describe('Of the questions that were answered'),
    top: z.array(z.object({ answer: z.string(), questions: count })).readonly(),
  }),
  reading: z.object({
    people: count.describe('Who came to the page, of those who had agreed to be counted'),
    medianSeconds: z.number().nullable().describe('Half of them read at least so long'),
    atLeast: z.array(z.object({ seconds: z.number(), people: count })).readonly(),
  }),
}) satisfies z.ZodType<unknown, Outcome>;
