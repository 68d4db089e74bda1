import { z } from 'zod';
import type { CampaignPlan } from '../../../run/campaign/plan-campaign.ts';
import { formatSchema } from './render-job.ts';

const count = z.number().int();
const seconds = z.number().nullable();
const moment = z.string().describe('ISO 8601');
const share = z.number().describe('0 to 1');
const failed = z
  .partialRecord(z.string(), z.object({ count, example: z.string() }))
  .describe('Code → how many');
const skipped = z.record(z.string(), count).describe('Reason → how many');

const text = z.object({
  limit: count,
  over: count.describe('For how many it is too long'),
  longest: count,
  example: z.string().nullable().describe('Whose is the longest, by external id'),
});

const variant = z.object({
  variant: z.string(),
  people: count.describe('Who gets it first where there is a sample, else everybody who gets it'),
  sensitivity: z
    .object({
      rate: share.describe('That the worse one is thought to have'),
      seenFrom: share.nullable().describe('The better one’s, from which on a test would most likely see it'),
    })
    .nullable(),
  decides: z.boolean().describe('Enough people to see that one is twice as good as the other'),
});

const duration = z.object({
  mergedPerSecond: z.number().nullable().describe('Messages that this process merges, as measured just now'),
  seconds: z
    .object({
      merging: seconds,
      attaching: seconds,
      perSecond: seconds,
      perDomain: z.object({ domain: z.string(), seconds: z.number() }).nullable(),
    })
    .describe('What each part would take alone; null where it limits nothing'),
  sending: z.number().describe('Seconds: the longest of these, without waits and the mail server’s own time'),
  limitedBy: z.enum(['merging', 'attachments', 'per_second', 'per_domain']),
  decidesAfter: seconds.describe('Seconds until the rest gets the winner, at the latest'),
});

const format = z.object({
  format: formatSchema,
  frames: count,
  distinctSegments: count,
  distinctFrames: count,
  sharedShare: share.describe('Frames that need no drawing because another film of these has drawn them'),
  keptSegments: count,
  keptFrames: count,
  framesToDraw: count,
  scenes: z
    .array(z.object({ id: z.string(), frames: count, distinctSegments: count, distinctFrames: count }))
    .readonly(),
  expected: z.object({
    minutes: z.number().nullable(),
    filmBytes: z.number().nullable(),
    segmentBytes: z.number().nullable(),
  }),
});

const films = z.object({
  campaign: z.string(),
  composition: z.string(),
  people: count,
  films: count,
  skipped,
  failed,
  formats: z.array(format).readonly(),
  pace: z
    .object({
      framesPerSecond: z.number().nullable(),
      from: z.enum(['measured', 'told']),
      secondsPerFilm: z.number().nullable(),
      bytesPerFrame: z.number().nullable(),
    })
    .nullable(),
});

/** What `POST /v1/campaigns/plan` answers; `campaign plan --json` prints the same, the warnings aside. */
export const planSchema = z.object({
  campaign: z.string(),
  startsAt: moment,
  people: count,
  reached: count,
  skipped,
  failed,
  facts: z
    .record(z.string(), z.object({ people: count, problem: z.string() }))
    .describe('Missing or wrong, by the fact’s name'),
  texts: z.object({ subject: text, preheader: text, htmlBytes: text }),
  variants: z.array(variant).readonly(),
  sampled: count.nullable().describe('In the sample, where there is one'),
  waits: z
    .record(z.string(), z.object({ people: count, until: moment }))
    .describe('Not at the start: why → how many, and until when at the latest'),
  domains: z.object({
    top: z.array(z.object({ domain: z.string(), people: count })).readonly(),
    different: count.nullable().describe('Null where there are tens of thousands'),
  }),
  duration,
  attachments: z.array(z.string()).readonly(),
  documents: z
    .object({ perSecond: z.number().nullable(), seconds })
    .nullable()
    .describe('PDFs made ahead, beside the sending'),
  films: films.nullable().describe('Null where no film is made ahead'),
  warnings: z.array(z.string()).readonly().describe('What may be meant, but hardly is'),
}) satisfies z.ZodType<unknown, CampaignPlan & { readonly warnings: readonly string[] }>;
