import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { extendLinks, listLinks, revokeLinks } from '../../../adapters/postgres/links.ts';
import { whichLinks } from '../../which-links.ts';
import { requireKey } from '../api-key.ts';
import type { ServerParts } from '../parts.ts';

const text = z.string().min(1).max(500);
const which = z.strictObject({
  link: text.optional().describe('An address out of a message'),
  snapshot: z.uuid().optional(),
  profile: text.optional().describe("The customer's number, or the profile's id"),
  run: text.optional().describe("A run's id, or a campaign's name for its newest run"),
});
const changed = z.object({ changed: z.number().int().describe('Messages whose links it changed') });
const listed = z.object({
  total: z.number().int(),
  links: z.array(
    z.object({
      snapshot: z.uuid(),
      pack: z.string(),
      campaign: z.string().nullable(),
      madeAt: z.string(),
      expiresAt: z.string(),
      revokedAt: z.string().nullable(),
    }),
  ),
});
const shared = { tags: ['campaigns'], security: [{ key: [] }] };

/** The links of messages that are out: one message's, one person's or one run's. Safe to say twice. */
export const links =
  (parts: ServerParts): FastifyPluginAsyncZod =>
  async (app) => {
    const { db } = parts;
    app.addHook('onRequest', async (request) => void (await requireKey(db, request, 'campaigns')));

    const limit = z.coerce.number().int().min(1).max(1000).default(100);
    const showing = {
      ...shared,
      querystring: which.extend({ limit }),
      summary: 'When links end, the newest first',
      response: { 200: listed },
    };
    app.get('/v1/links', { schema: showing }, async (request, reply) => {
      const { limit: most, ...named } = request.query;
      reply.header('cache-control', 'private, no-store');
      const { total, links: found } = await listLinks(db, await whichLinks(named, parts), most);
      return { total, links: [...found] };
    });

    const revoking = {
      ...shared,
      body: which,
      summary: 'Ends links for good: 410 for whoever follows one; unsubscribing goes on working',
      response: { 200: changed },
    };
    app.post('/v1/links/revoke', { schema: revoking }, async (request) => ({
      changed: await revokeLinks(db, await whichLinks(request.body, parts)),
    }));

    const extending = {
      ...shared,
      body: which.extend({ until: z.iso.datetime({ offset: true }) }),
      summary: 'Lets links live longer; those that were revoked stay so',
      response: { 200: changed },
    };
    app.post('/v1/links/extend', { schema: extending }, async (request) => {
      const { until, ...named } = request.body;
      return { changed: await extendLinks(db, await whichLinks(named, parts), new Date(until)) };
    });
  };
