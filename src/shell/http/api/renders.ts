import { randomUUID } from 'node:crypto';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { findAskedRender, keepAskedRender } from '../../../adapters/postgres/asked-renders.ts';
import { DearlyError } from '../../../errors.ts';
import type { Json } from '../../../profile/profile.ts';
import type { Rendered } from '../../../run/render-one.ts';
import { inFormat, makeLinks } from '../../../track/make-links.ts';
import { patchOf, profileBody } from '../../profile-body.ts';
import { callerOf, requireKey } from '../api-key.ts';
import type { ServerParts } from '../parts.ts';
import { idempotencyHeaders, replyOnce } from './idempotency-key.ts';
import { filmOf, filmSchema, formatSchema, jobSchema, waitingHeaders } from './render-job.ts';

const name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'expected a name such as statement');

const body = z
  .strictObject({
    profileId: z.string().min(1).max(200).optional().describe('External id, or our UUID'),
    profile: profileBody.extend({ externalId: z.string().min(1).max(200) }).optional(),
    pack: name,
    composition: name.optional(),
    sender: name.optional(),
    channels: z
      .array(z.enum(['email', 'site', 'video', 'poster', 'pdf']))
      .min(1)
      .max(5)
      .describe('`video` answers 202 until the MP4 is there; the others are in the answer at once'),
    format: formatSchema.optional(),
    deliver: z.boolean().default(false).describe('Also sends the email'),
  })
  .refine((it) => (it.profileId === undefined) !== (it.profile === undefined), {
    path: ['profileId'],
    message: 'expected either profileId or profile',
  });

const link = z.string();
const rendered = z.object({
  id: z.uuid().describe('Names what was rendered: GET /v1/renders/{id} tells how its film stands'),
  links: z.object({
    site: link,
    video: link,
    captions: link.describe('WebVTT'),
    poster: link,
    teaser: link.describe('GIF'),
    pdf: link.describe('The page as a document'),
    pictures: z.record(z.string(), link).describe('The pack’s own, by name'),
    unsubscribe: link,
    confirm: link.nullable().describe('Double opt-in; null where the pack asks for none'),
  }),
  email: z.object({ subject: link, preheader: link, html: link, text: link }).optional(),
  video: filmSchema.optional(),
  pdf: z.object({ sizeBytes: z.number().int() }).optional().describe('The document is there'),
  delivery: z.object({ state: z.string(), reason: z.string().nullable() }).optional(),
});

/** One person, now: what a CRM calls. */
export const renders =
  (parts: ServerParts): FastifyPluginAsyncZod =>
  async (app) => {
    app.addHook('onRequest', async (request) => void (await requireKey(parts.db, request, 'renders')));
    const shared = { tags: ['renders'], security: [{ key: [] }] };

    const asking = {
      ...shared,
      body,
      headers: idempotencyHeaders,
      summary: 'Renders one person, by id or with the data inline, and delivers on request',
      response: {
        200: rendered.describe('All that was asked for is there'),
        202: rendered.describe('The film is being made; Location says where to ask, Retry-After when'),
      },
    };
    app.post('/v1/renders', { schema: asking }, async (request, reply) => {
      const { profile, ...rest } = request.body;
      const caller = callerOf(request);
      const answer = async (idempotencyKey: string | undefined) => {
        const how = { shelf: parts.shelf, at: parts.now(), where: 'body.profile.' };
        const patch = profile && (await patchOf(profile.externalId, withoutId(profile), how)).patch;
        // The same occurrence is never sent twice, whatever becomes of the answer that is kept for the key.
        const occurrence = idempotencyKey ? `${caller}:${idempotencyKey}` : randomUUID();
        const done = await parts.renderOne({ ...rest, profile: patch, occurrence });
        const { id, video, format } = done;
        if (video && format) await keepAskedRender(parts.db, { id, caller, format });
        return { status: video?.state === 'making' ? 202 : 200, body: toBody(done) };
      };
      return await replyOnce(parts, request, reply, caller, answer, ({ body: answered }) => {
        const { id, video } = answered as z.output<typeof rendered>;
        return video ? waitingHeaders({ id, ...video }) : {};
      });
    });

    const looking = {
      ...shared,
      params: z.object({ id: z.string().max(100).describe('As POST /v1/renders gave it') }),
      summary: 'How far a film is that this key asked for. A look starts nothing',
      response: { 200: jobSchema },
    };
    app.get('/v1/renders/:id', { schema: looking }, async (request, reply) => {
      const { id } = request.params;
      const asked = { id, caller: callerOf(request), now: parts.now() };
      const found = z.uuid().safeParse(id).success ? await findAskedRender(parts.db, asked) : null;
      if (found === null)
        throw new DearlyError('render-missing', 'This key asked for no film under this id.');
      const { snapshot, format } = found;
      const links = makeLinks(parts.secret, snapshot, parts.origins());
      const url = inFormat(links.video, snapshot.storyboard, format);
      const film = filmOf(await parts.videos.peek(snapshot, format), url, format);
      if (film.retryAfterSeconds !== undefined) reply.header('retry-after', film.retryAfterSeconds);
      return reply.header('cache-control', 'private, no-store').send({
        id,
        captions: links.captions,
        ...film,
      });
    });
  };

function withoutId<T extends { readonly externalId: string }>({
  externalId: _,
  ...body
}: T): Omit<T, 'externalId'> {
  return body;
}

function toBody({ id, links, email, video, pdf, format, delivery }: Rendered): Json {
  return {
    id,
    links: { ...links },
    ...(email && {
      email: { subject: email.subject, preheader: email.preheader, html: email.html, text: email.text },
    }),
    ...(video && { video: filmOf(video, links.video, format) }),
    ...(pdf && { pdf: { ...pdf } }),
    ...(delivery && { delivery: { ...delivery } }),
  };
}
