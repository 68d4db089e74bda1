import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { followLink, linkParams } from './follow-link.ts';
import type { ServerParts } from './parts.ts';
import { recordHit } from './record-hit.ts';
import { renderSite } from './render-site.ts';

/** The recipient's page. */
export const site =
  (parts: ServerParts): FastifyPluginAsyncZod =>
  async (app) => {
    const schema = {
      tags: ['links'],
      summary: 'The personal page',
      params: linkParams,
      /** The form that was answered, set by the redirect that follows it. */
      querystring: z.object({ answered: z.string().optional() }),
    };
    app.get('/s/:token', { schema }, async (request, reply) => {
      const found = await followLink(parts, request, reply, 'site');
      if (!found) return reply;
      const { answered } = request.query;
      const { html, headers } = await renderSite(parts, found, answered === undefined ? {} : { answered });
      if (answered === undefined) await recordHit(parts, found, 'visit');
      return reply.headers(headers).send(html);
    });
  };
