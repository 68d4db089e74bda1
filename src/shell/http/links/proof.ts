import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { ServerParts } from '../parts.ts';
import { sendPage } from './page.ts';
import { proofPage } from './proof-page.ts';

/** Where the links of a sample's proof lead: made-up people have no snapshot that a link could show. */
export const proof =
  ({ site }: ServerParts): FastifyPluginAsyncZod =>
  async (app) => {
    app.addContentTypeParser('*', { bodyLimit: 16 * 1024, parseAs: 'buffer' }, async () => null);
    app.route({
      method: ['GET', 'POST'],
      url: '/proof',
      schema: { tags: ['links'], summary: 'Says that a link belongs to the proof of a sample' },
      handler: (request, reply) => sendPage(reply, proofPage(request.headers['accept-language']), site),
    });
  };
