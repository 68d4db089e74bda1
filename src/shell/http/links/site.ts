import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ServerParts } from '../parts.ts';
import { followLink, linkParams } from './follow-link.ts';
import { recordHit } from './record-hit.ts';
import { renderSite } from './render-site.ts';
import { saidSoFar } from './said-so-far.ts';

/** The recipient's page. */
export const site =
  (parts: ServerParts): FastifyPluginAsyncZod =>
  async (app) => {
    const schema = {
      tags: ['links'],
      summary: 'The personal page',
      params: linkParams,
      /** The form that was answered, or that a question was asked: set by the redirect that follows it. */
      querystring: z.object({ answered: z.string().optional(), chat: z.string().optional() }),
    };
    app.get('/s/:token', { schema }, async (request, reply) => {
      const found = await followLink(parts, request, reply, 'site');
      if (!found) return reply;
      const { answered } = request.query;
      const chat = request.query.chat === undefined ? undefined : await saidSoFar(parts, found.snapshot);
      const said = { ...(answered !== undefined && { answered }), ...(chat && { chat }) };
      const { html, headers } = await renderSite(parts, found, said);
      if (answered === undefined && chat === undefined) await recordHit(parts, found, 'visit');
      return reply.headers(headers).send(html);
    });
  };
