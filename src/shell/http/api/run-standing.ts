import { z } from 'zod';
import type { RunBreakdown } from '../../../adapters/postgres/run-breakdown.ts';
import type { RowHistory } from '../../../run/ledger.ts';
import { states } from '../../../run/transitions.ts';
import type { RunLook } from '../run-feed.ts';

export const runParams = z.object({
  id: z.string().min(1).max(100).describe("A run's id, or a campaign's name for its newest run"),
});

const count = z.number().int();
const time = z.string().describe('ISO 8601');

export const standing = z.object({
  id: z.uuid(),
  kind: z.enum(['campaign', 'trigger', 'render']),
  name: z.string(),
  occurrence: z.string(),
  state: z.enum(['planning', 'running', 'paused', 'cancelled', 'completed']),
  pauseReason: z.string().nullable(),
  winner: z.string().nullable().describe('The variant that those get who were not in the sample'),
  decideAt: time.nullable(),
  createdAt: time,
  endedAt: time.nullable(),
  total: count,
  byState: z.record(z.string(), count),
  skipped: z.record(z.string(), count).describe('Why rows were skipped'),
  open: count.describe('Rows that have not ended'),
  ended: count,
  share: z.number().describe('0 to 1, of the rows that have ended'),
  perSecond: z.number().nullable().describe('Rows that ended, lately; null at the first look'),
  secondsLeft: z.number().nullable().describe('At this pace; null while nobody can tell'),
});

/** As the answer, as an event, and as `campaign status --json` in spirit: the same names everywhere. */
export function standingOf({ run, tally, progress }: RunLook): z.output<typeof standing> {
  const { campaign: _, ...about } = run;
  const { ended, share, perSecond, secondsLeft } = progress;
  return {
    ...about,
    ...tally,
    byState: { ...tally.byState },
    skipped: { ...tally.skipped },
    ended,
    share,
    perSecond,
    secondsLeft,
  };
}

const made = z.object({ name: z.string(), version: z.string() }).nullable();

/** A line of the history. */
export const historyLine = z.object({
  rowId: z.uuid(),
  profileId: z.uuid().nullable().describe('Null where the person was erased'),
  externalId: z.string().nullable(),
  state: z.enum(states),
  reason: z.string().nullable(),
  variant: z.string().nullable(),
  messageId: z.string().nullable(),
  snapshotId: z.uuid().nullable(),
  pack: made,
  composition: made,
  dataVersion: z.string().nullable().describe('The same for the same facts'),
  steps: z
    .array(z.object({ at: time, attempt: count, state: z.enum(states), detail: z.string().nullable() }))
    .readonly(),
}) satisfies z.ZodType<unknown, RowHistory>;

export const breakdown = z.object({
  variants: z.array(
    z.object({
      variant: z.string(),
      phase: z.string().nullable(),
      total: count,
      accepted: count,
      open: count,
    }),
  ),
  domains: z
    .array(
      z.object({
        domain: z.string(),
        deferred: count,
        bounced: count,
        failed: count,
        pausedUntil: time.nullable(),
      }),
    )
    .describe('Those that give trouble, ten at most'),
  reasons: z
    .array(z.object({ state: z.string(), reason: z.string(), count }))
    .describe('The most frequent answers, five at most'),
}) satisfies z.ZodType<{ [K in keyof RunBreakdown]: unknown }>;
