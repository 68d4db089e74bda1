import { randomUUID } from 'node:crypto';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Json } from '../../profile/profile.ts';
import type { Rendered } from '../../run/render-one.ts';
import { patchOf, profileBody } from '../profile-body.ts';
import { callerOf, requireKey } from './api-key.ts';
import { idempotencyHeaders, replyOnce } from './idempotency-key.ts';
import type { ServerParts } from './parts.ts';

const name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'expected a name such as statement');

const body = z
  .strictObject({
    profileId: z.string().min(1).max(200).optional().describe('External id, or our UUID'),
    profile: profileBody.extend({ externalId: z.string().min(1).max(200) }).optional(),
    pack: name,
    composition: name.optional(),
    sender: name.optional(),
    channels: z
      .array(z.enum(['email', 'site', 'video', 'poster']))
      .min(1)
      .max(4),
    deliver: z.boolean().default(false).describe('Also sends the email'),
  })
  .refine((it) => (it.profileId === undefined) !== (it.profile === undefined), {
    path: ['profileId'],
    message: 'expected either profileId or profile',
  });

/** One person, now: what a CRM calls. */
export const renders =
  (parts: ServerParts): FastifyPluginAsyncZod =>
  async (app) => {
    app.addHook('onRequest', async (request) => void (await requireKey(parts.db, request, 'renders')));
    const schema = {
      body,
      headers: idempotencyHeaders,
      tags: ['renders'],
      security: [{ key: [] }],
      summary: 'Renders one person, by id or with the data inline, and delivers on request',
    };
    app.post('/v1/renders', { schema }, async (request, reply) => {
      const { profile, ...rest } = request.body;
      const caller = callerOf(request);
      return await replyOnce(parts, request, reply, caller, async (idempotencyKey) => {
        const how = { shelf: parts.shelf, at: parts.now() };
        const patch = profile && (await patchOf(profile.externalId, withoutId(profile), how)).patch;
        // The same occurrence is never sent twice, whatever becomes of the answer that is kept for the key.
        const occurrence = idempotencyKey ? `${caller}:${idempotencyKey}` : randomUUID();
        return { status: 200, body: toBody(await parts.renderOne({ ...rest, profile: patch, occurrence })) };
      });
    });
  };

function withoutId<T extends { readonly externalId: string }>({
  externalId: _,
  ...body
}: T): Omit<T, 'externalId'> {
  return body;
}

function toBody({ id, links, email, video, delivery }: Rendered): Json {
  return {
    id,
    links: { ...links },
    ...(email && {
      email: { subject: email.subject, preheader: email.preheader, html: email.html, text: email.text },
    }),
    ...(video && {
      video: {
        state: video.state,
        url: links.video,
        ...(video.state === 'making' && {
          progress: video.progress,
          retryAfterSeconds: video.retryAfterSeconds,
        }),
        ...(video.state === 'failed' && { reason: video.reason }),
      },
    }),
    ...(delivery && { delivery: { ...delivery } }),
  };
}
