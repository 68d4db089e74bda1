import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { followLink, linkParams, refuse } from './follow-link.ts';
import type { ServerParts } from './parts.ts';
import { sendArtefact } from './send-artefact.ts';

/** Pictures of a message, made at the first request. Mail programs fetch them from pages of their own. */
export const pictures =
  (parts: ServerParts): FastifyPluginAsyncZod =>
  async (app) => {
    const params = linkParams.extend({ picture: z.string() });
    const schema = {
      params,
      tags: ['links'],
      summary: 'The poster: a frame of the video under a play button',
    };
    app.get('/i/:token/:picture', { schema }, async (request, reply) => {
      const found = await followLink(parts, request, reply, 'picture');
      if (!found) return reply;
      const { snapshot } = found;
      if (request.params.picture !== 'poster.jpg' || snapshot.storyboard === null) {
        return refuse(parts, reply, 404, snapshot.lang);
      }
      const poster = await parts.posters.get(snapshot);
      reply.headers({
        // The snapshot never changes, so neither does its picture.
        'cache-control': 'private, max-age=86400, immutable',
        'cross-origin-resource-policy': 'cross-origin',
        'x-robots-tag': 'noindex, nofollow, noarchive',
      });
      return sendArtefact(parts.store, { ...poster, contentType: 'image/jpeg' }, request, reply);
    });
  };
