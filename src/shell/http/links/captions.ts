import { createHash } from 'node:crypto';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { toWebVtt } from '../../../render/captions.ts';
import type { ServerParts } from '../parts.ts';
import { followLink, linkParams, refuse } from './follow-link.ts';
import { keptBy } from './page.ts';

/** What is said and shown, for `<track>` and for whoever reads along. Follows from the snapshot, so nothing is started. */
export const captions =
  (parts: ServerParts): FastifyPluginAsyncZod =>
  async (app) => {
    const schema = { params: linkParams, tags: ['links'], summary: 'The film’s words in WebVTT' };
    app.get('/v/:token.vtt', { schema }, async (request, reply) => {
      const found = await followLink(parts, request, reply, 'video');
      if (!found) return reply;
      const { storyboard, lang } = found.snapshot;
      if (storyboard === null) return refuse(parts, reply, 404, lang);
      const text = toWebVtt(storyboard);
      const etag = `"${createHash('sha256').update(text).digest('base64url')}"`;
      reply.headers({
        // The snapshot never changes, so neither do its words.
        'cache-control': keptBy(found.snapshot, 'private, max-age=86400'),
        'content-language': lang,
        'cross-origin-resource-policy': 'cross-origin',
        'x-robots-tag': 'noindex, nofollow, noarchive',
        etag,
      });
      if (request.headers['if-none-match'] === etag) return reply.code(304).send();
      return reply.type('text/vtt; charset=utf-8').send(text);
    });
  };
