import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Snapshot } from '../../../merge/snapshot.ts';
import { formatsOf } from '../../../run/video/choose-format.ts';
import type { VideoState } from '../../../run/video/make-video.ts';
import type { Format } from '../../../template/composition.ts';
import { makeLinks } from '../../../track/make-links.ts';
import { isProgramOfOurs } from '../api-key.ts';
import { answerOf } from '../documented.ts';
import type { ServerParts } from '../parts.ts';
import { type Followed, followLink, linkParams, refuse } from './follow-link.ts';
import { personalHeaders, sendPage, wantsHtml } from './page.ts';
import { wordsFor } from './page-words.ts';
import { recordHit } from './record-hit.ts';
import { sendArtefact } from './send-artefact.ts';

const film = { type: 'string', format: 'binary' };
const waiting = z.toJSONSchema(
  z.object({
    state: z.enum(['making', 'absent', 'failed']),
    progress: z.number().describe('0 to 1'),
    retryAfterSeconds: z.number().optional(),
  }),
);
const documentedAnswers = {
  200: answerOf('video/mp4', 'The film', film),
  202: answerOf('application/json', 'It is being made; Retry-After says when to ask again', waiting),
  206: answerOf('video/mp4', 'The range that was asked for', film),
  404: answerOf('text/html', 'No such link'),
  410: answerOf('text/html', 'The link is over'),
  416: answerOf('text/plain', 'Nothing of the film lies in that range'),
  503: answerOf('application/json', 'It could not be made; Retry-After says when to try again', waiting),
};

/** The MP4. A person's first request starts it; a look by a machine, or a HEAD, never does. */
export const video =
  (parts: ServerParts): FastifyPluginAsyncZod =>
  async (app) => {
    const schema = {
      params: linkParams,
      // Any text: a format that the film does not have is an address where nothing stands.
      querystring: z.object({ format: z.string().optional().describe('16:9, 1:1 or 9:16') }),
      tags: ['links'],
      summary: 'The MP4; 202 while it is made',
    };
    app.get('/v/:token.mp4', { schema, config: { documentedAnswers } }, async (request, reply) => {
      const found = await followLink(parts, request, reply, 'video');
      if (!found) return reply;
      const { snapshot } = found;
      const format = formatAt(snapshot, request.query.format);
      if (format === null) return refuse(parts, reply, 404, snapshot.lang);
      const mayStart = !found.isMachine || (await isProgramOfOurs(parts.db, request));
      let state = await parts.videos.peek(snapshot, format);
      // Players and pages that wait ask every few seconds: what has just failed is not begun anew for each of them.
      const hasJustFailed = state.state === 'failed' && state.retryAfterSeconds > 0;
      if (mayStart && state.state !== 'ready' && !hasJustFailed)
        state = await parts.videos.request(snapshot, format);
      reply.headers(personalHeaders).header('cross-origin-resource-policy', 'cross-origin');
      if (state.state !== 'ready') return sendWaiting(parts, found, state, request, reply);
      if (startsAtTheStart(request)) await recordHit(parts, found, 'download');
      return sendArtefact(parts.store, { ...state, contentType: 'video/mp4' }, request, reply);
    });
  };

/** Null where the message has no such film. */
export function formatAt({ storyboard }: Snapshot, asked: string | undefined): Format | null {
  const all = storyboard === null ? [] : formatsOf(storyboard);
  return (asked === undefined ? all[0] : all.find((it) => it === asked)) ?? null;
}

/** Players fetch a video in many ranges; only the first one is somebody asking for it. */
export function startsAtTheStart({ headers }: FastifyRequest): boolean {
  return headers.range === undefined || /^bytes=0-/.test(headers.range);
}

function sendWaiting(
  parts: ServerParts,
  { snapshot }: Followed,
  state: Exclude<VideoState, { state: 'ready' }>,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const hasFailed = state.state === 'failed';
  const seconds = state.state === 'absent' ? undefined : state.retryAfterSeconds;
  const progress = state.state === 'making' ? state.progress : 0;
  reply.code(hasFailed ? 503 : 202);
  if (seconds !== undefined) reply.header('retry-after', seconds);
  if (!wantsHtml(request)) {
    return reply.send({
      state: state.state,
      progress,
      ...(seconds !== undefined && { retryAfterSeconds: seconds }),
    });
  }
  const { lang, words } = wordsFor(snapshot.lang);
  const link = { label: words.back, href: makeLinks(parts.secret, snapshot, parts.origins()).site };
  if (hasFailed) return sendPage(reply, { lang, ...words.videoFailed, link }, parts.site);
  const refresh = { afterSeconds: Math.min(seconds ?? 60, 60), progress };
  return sendPage(reply, { lang, ...words.video, refresh, link }, parts.site);
}
