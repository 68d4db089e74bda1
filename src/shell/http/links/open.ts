import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { ServerParts } from '../parts.ts';
import { followLink, linkParams } from './follow-link.ts';
import { personalHeaders } from './page.ts';
import { recordHit } from './record-hit.ts';

/** One transparent pixel. */
const pixel = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

export const open =
  (parts: ServerParts): FastifyPluginAsyncZod =>
  async (app) => {
    const schema = { params: linkParams, tags: ['links'], summary: 'A counted open: one transparent pixel' };
    app.get('/o/:token', { schema }, async (request, reply) => {
      const found = await followLink(parts, request, reply, 'open');
      if (!found) return reply;
      await recordHit(parts, found, 'open');
      return reply
        .headers(personalHeaders)
        .header('cross-origin-resource-policy', 'cross-origin')
        .type('image/gif')
        .send(pixel);
    });
  };
