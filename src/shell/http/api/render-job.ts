import { z } from 'zod';
import type { VideoState } from '../../../run/video/make-video.ts';
import { type Format, formats } from '../../../template/composition.ts';

export const formatSchema = z
  .enum(Object.keys(formats) as [Format, ...Format[]])
  .describe('Of the film and its poster; the composition’s first when left out');

/** How a film stands, as a caller sees it. */
export const filmSchema = z.object({
  state: z
    .enum(['ready', 'making', 'failed', 'absent'])
    .describe('`absent`: nobody draws it (any more); ask for it by POST /v1/renders again'),
  format: formatSchema.optional().describe('Of the film'),
  url: z.string().describe('The MP4, for whoever holds the link; 202 until it is there'),
  progress: z.number().describe('0 to 1'),
  retryAfterSeconds: z.number().optional().describe('When to ask again; only while it is made'),
  reason: z.string().optional().describe('Why it failed'),
});
export type Film = z.output<typeof filmSchema>;

export const jobSchema = filmSchema.extend({
  id: z.uuid().describe('As POST /v1/renders gave it'),
  captions: z.string().describe('The words in WebVTT'),
});

export function filmOf(state: VideoState, url: string, format: Format | undefined): Film {
  const progress = { ready: 1, failed: 0, absent: 0 } as const;
  return {
    state: state.state,
    ...(format && { format }),
    url,
    progress: state.state === 'making' ? state.progress : progress[state.state],
    ...(state.state === 'making' && { retryAfterSeconds: state.retryAfterSeconds }),
    ...(state.state === 'failed' && { reason: state.reason }),
  };
}

/** What an asynchronous answer says beside its body: where to ask, and when. */
export function waitingHeaders({
  id,
  retryAfterSeconds,
}: {
  readonly id: string;
  readonly retryAfterSeconds?: number | undefined;
}): Record<string, string> {
  return {
    location: `/v1/renders/${id}`,
    ...(retryAfterSeconds !== undefined && { 'retry-after': String(retryAfterSeconds) }),
  };
}
