import { z } from 'zod';
import type { ChosenBy } from '../../../measure/choose-winner.ts';
import type { Report } from '../../../run/campaign/report.ts';
import { states } from '../../../run/transitions.ts';
import { count, funnel, interval, measured, moment, money, outcome, share } from './outcome-schema.ts';

const figures = measured.extend({ probabilityBest: share.describe('That its true rate is the highest') });
const phase = z.object({ accepted: count, clicks: measured, conversions: measured, funnel }).nullable();

const chosenBy = ['evidence', 'time', 'no-hits', 'no-people'] as const satisfies readonly ChosenBy[];
const by = z.enum(['clicks', 'conversions']);

const variant = outcome.extend({
  name: z.string(),
  isWinner: z.boolean(),
  clicks: figures,
  conversions: figures,
  sample: phase,
  rest: phase,
});

const sample = z.object({
  share,
  by,
  confidence: share,
  decideAfterHours: z.number().describe('How long after the sample is out the winner is named at the latest'),
  decideAt: moment.nullable().describe('When that is; null until nine in ten of the sample have ended'),
  winner: z.string().nullable(),
  decidedAt: moment.nullable(),
  chosenBy: z.enum(chosenBy).nullable().describe('Only `evidence` means that it is the better one'),
  evidence: z
    .array(figures.extend({ variant: z.string() }))
    .readonly()
    .nullable()
    .describe('The figures that the winner was named on'),
});

const arm = z.object({
  people: count,
  converted: count.describe('Those of them who converted with a value'),
  sum: money,
  perPerson: money.nullable().describe('Of all of them, whether they converted or not'),
});

const valueUplift = z.object({
  currency: z.string(),
  heldOut: arm,
  others: arm,
  difference: money.nullable().describe('Per person, `others` less `heldOut`'),
  interval: z
    .object({ low: money, high: money })
    .nullable()
    .describe('Of the difference, 95 % (Welch); null with fewer than two people on one side'),
  isClear: z.boolean().describe('Whether the interval leaves 0 out'),
  isRough: z
    .boolean()
    .describe('Fewer than 30 people converted on one side: the interval says less than it seems'),
});

const holdout = z.object({
  share,
  heldOut: measured,
  others: measured.describe('Everyone else in the audience, reached or not: what `heldOut` is compared with'),
  writtenTo: measured,
  uplift: z.object({
    difference: z.number().nullable().describe('Rate of `others` less rate of `heldOut`'),
    interval: interval.describe('Of the difference, 95 % (Newcombe)'),
    relative: z.number().nullable().describe('Difference per rate of `heldOut`'),
    isClear: z.boolean().describe('Whether the interval leaves 0 out'),
  }),
  values: z.array(valueUplift).readonly().describe('The same in money, by currency'),
});

/** What `GET /v1/campaigns/:id/report` answers; `campaign report --json` prints the same. */
export const reportSchema = outcome.extend({
  run: z.object({
    id: z.uuid(),
    kind: z.enum(['campaign', 'trigger', 'render']),
    name: z.string(),
    occurrence: z.string(),
    state: z.enum(['planning', 'running', 'paused', 'cancelled', 'completed']),
    createdAt: moment,
    endedAt: moment.nullable(),
  }),
  tally: z.object({
    total: count,
    byState: z.partialRecord(z.enum(states), count),
    skipped: z.record(z.string(), count).describe('Reason → count'),
    open: count.describe('Not ended yet'),
  }),
  variants: z
    .array(variant)
    .readonly()
    .describe('In the file’s order; `clicks` and `conversions` are the sample’s where there is one'),
  sample: sample.nullable().describe('Null where the variants share the whole audience'),
  holdout: holdout.nullable().describe('Conversions; null where nobody was held out'),
}) satisfies z.ZodType<unknown, Report>;
