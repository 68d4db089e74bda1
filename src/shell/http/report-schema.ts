import { z } from 'zod';
import type { ChosenBy } from '../../measure/choose-winner.ts';
import type { Report } from '../../run/campaign/report.ts';
import { states } from '../../run/transitions.ts';

const count = z.number().int();
const share = z.number().describe('0 to 1');
const moment = z.string().describe('ISO 8601');

const interval = z.object({ low: z.number(), high: z.number() }).describe('95 %');

const measured = z.object({
  people: count.describe('Who count: for clicks who agreed to be counted, else whose message was accepted'),
  hits: count.describe('Those of them who did it, once each, machines left out'),
  rate: share.nullable().describe('Null where there is nobody'),
  interval: interval.describe('Of the rate, 95 % (Wilson)'),
});
const figures = measured.extend({ probabilityBest: share.describe('That its true rate is the highest') });
const phase = z.object({ accepted: count, clicks: measured, conversions: measured }).nullable();

const chosenBy = ['evidence', 'time', 'no-hits', 'no-people'] as const satisfies readonly ChosenBy[];
const by = z.enum(['clicks', 'conversions']);

const steps = ['planned', 'accepted', 'opened', 'visited', 'watched', 'clicked', 'answered'] as const;

/** What `GET /v1/campaigns/:id/report` answers; `campaign report --json` prints the same. */
export const reportSchema = z.object({
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
  funnel: z.object({
    steps: z
      .array(z.object({ step: z.enum(steps), people: count, share: share.nullable() }))
      .readonly()
      .describe('Shares: of the planned for `accepted`, of the accepted for what follows'),
    unsubscribed: count,
    machines: z
      .record(z.string(), count)
      .describe('Hits by scanners and prefetchers, by kind; in no other figure'),
  }),
  variants: z
    .array(
      z.object({
        name: z.string(),
        isWinner: z.boolean(),
        clicks: figures,
        conversions: figures,
        sample: phase,
        rest: phase,
      }),
    )
    .readonly()
    .describe('In the file’s order; `clicks` and `conversions` are the sample’s where there is one'),
  sample: z
    .object({
      share,
      by,
      confidence: share,
      decideAt: moment.nullable().describe('When the winner is named at the latest'),
      winner: z.string().nullable(),
      decidedAt: moment.nullable(),
      chosenBy: z.enum(chosenBy).nullable().describe('Only `evidence` means that it is the better one'),
      evidence: z
        .array(figures.extend({ variant: z.string() }))
        .readonly()
        .nullable()
        .describe('The figures that the winner was named on'),
    })
    .nullable()
    .describe('Null where the variants share the whole audience'),
  holdout: z
    .object({
      share,
      heldOut: measured,
      others: measured.describe(
        'Everyone else in the audience, reached or not: what `heldOut` is compared with',
      ),
      writtenTo: measured,
      uplift: z.object({
        difference: z.number().nullable().describe('Rate of `others` less rate of `heldOut`'),
        interval: interval.describe('Of the difference, 95 % (Newcombe)'),
        relative: z.number().nullable().describe('Difference per rate of `heldOut`'),
        isClear: z.boolean().describe('Whether the interval leaves 0 out'),
      }),
    })
    .nullable()
    .describe('Conversions; null where nobody was held out'),
}) satisfies z.ZodType<unknown, Report>;
