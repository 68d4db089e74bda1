import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  addSuppressions,
  listSuppressions,
  removeSuppressions,
} from '../../../adapters/postgres/suppressions.ts';
import { whoseHashes } from '../../whose-hashes.ts';
import { requireKey } from '../api-key.ts';
import type { ServerParts } from '../parts.ts';

/** In the body alone: what stands in an address line comes into other people's logs. */
const who = z.array(z.string().min(1).max(320)).min(1).max(1000).describe("Addresses, or customers' numbers");
const purpose = z.enum(['service', 'marketing', 'tracking', '*']).describe('`*`: whatever it is for');
const limit = z.coerce.number().int().min(1).max(1000).default(100);
const entry = z.object({
  addressHash: z.string().describe('Keyed: it tells addresses apart, and does not tell them'),
  purpose,
  reason: z
    .string()
    .describe('`hard-bounce`, `soft-bounces`, `complaint`, `unsubscribed`, `consent-withdrawn` or `added`'),
  at: z.string(),
});
const listed = z.object({ total: z.number().int(), suppressions: z.array(entry) });
const shared = { tags: ['profiles'], security: [{ key: [] }] };

/** The list of addresses that get no more messages. Safe to say twice. */
export const suppressions =
  (parts: ServerParts): FastifyPluginAsyncZod =>
  async (app) => {
    const { db } = parts;
    app.addHook('onRequest', async (request, reply) => {
      await requireKey(db, request, 'profiles');
      reply.header('cache-control', 'private, no-store');
    });

    const listing = {
      ...shared,
      querystring: z.strictObject({ limit }),
      summary: 'The suppression list, the newest first',
      response: { 200: listed },
    };
    app.get('/v1/suppressions', { schema: listing }, async (request) => {
      const { total, suppressions } = await listSuppressions(db, { limit: request.query.limit });
      return { total, suppressions: [...suppressions] };
    });

    const finding = {
      ...shared,
      body: z.strictObject({ who, limit }),
      summary: 'What the suppression list says of these people',
      response: { 200: listed },
    };
    app.post('/v1/suppressions/find', { schema: finding }, async (request) => {
      const hashes = await whoseHashes(request.body.who, parts);
      const { total, suppressions } = await listSuppressions(db, { hashes, limit: request.body.limit });
      return { total, suppressions: [...suppressions] };
    });

    const adding = {
      ...shared,
      body: z.strictObject({ who, purpose: purpose.exclude(['tracking']).default('*') }),
      summary: 'Sends no more to these people; open campaigns heed it at once',
      response: { 200: z.object({ changed: z.number().int() }) },
    };
    app.post('/v1/suppressions', { schema: adding }, async (request) => {
      const { who: named, purpose: which } = request.body;
      return { changed: await addSuppressions(db, await whoseHashes(named, parts), which) };
    });

    const removing = {
      ...shared,
      body: z.strictObject({ who, purpose: purpose.optional() }),
      summary: 'Takes these people off the list; a consent that they took back stays so',
      response: { 200: z.object({ removed: z.array(entry) }) },
    };
    app.post('/v1/suppressions/remove', { schema: removing }, async (request) => {
      const { who: named, purpose: which } = request.body;
      return { removed: [...(await removeSuppressions(db, await whoseHashes(named, parts), which))] };
    });
  };
