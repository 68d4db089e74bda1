import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Snapshot } from '../../merge/snapshot.ts';
import { followLink, linkParams, refuse } from './follow-link.ts';
import type { ServerParts } from './parts.ts';
import { sendArtefact } from './send-artefact.ts';
import { formatAt } from './video.ts';

/** Pictures of a message, made at the first request. Mail programs fetch them from pages of their own. */
export const pictures =
  (parts: ServerParts): FastifyPluginAsyncZod =>
  async (app) => {
    const params = linkParams.extend({ picture: z.string() });
    const schema = {
      params,
      // Of the poster. Any text: a format that the film does not have is an address where nothing stands.
      querystring: z.object({ format: z.string().optional().describe('16:9, 1:1 or 9:16') }),
      tags: ['links'],
      summary: 'The poster (a frame of the video under a play button), or a picture of the pack',
    };
    app.get('/i/:token/:picture', { schema }, async (request, reply) => {
      const found = await followLink(parts, request, reply, 'picture');
      if (!found) return reply;
      const { snapshot } = found;
      const name = /^([a-z][a-z0-9-]*)\.jpg$/.exec(request.params.picture)?.[1] ?? '';
      const picture = await pictureOf(parts, snapshot, name, request.query.format);
      if (picture === null) return refuse(parts, reply, 404, snapshot.lang);
      reply.headers({
        // The snapshot never changes, so neither does its picture.
        'cache-control': 'private, max-age=86400, immutable',
        'cross-origin-resource-policy': 'cross-origin',
        'x-robots-tag': 'noindex, nofollow, noarchive',
      });
      return sendArtefact(parts.store, { ...picture, contentType: 'image/jpeg' }, request, reply);
    });
  };

async function pictureOf(
  { posters, pictures }: ServerParts,
  snapshot: Snapshot,
  name: string,
  asked: string | undefined,
) {
  if (name === 'poster') {
    const format = formatAt(snapshot, asked);
    return format === null ? null : await posters.get(snapshot, format);
  }
  return Object.hasOwn(snapshot.pictures ?? {}, name) ? await pictures.get(snapshot, name) : null;
}
