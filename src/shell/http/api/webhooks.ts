import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { answerOnce } from '../../../adapters/postgres/idempotency.ts';
import {
  addTestDelivery,
  listDeliveries,
  redeliver,
  redeliverFailed,
} from '../../../adapters/postgres/webhooks/delivery-log.ts';
import {
  addEndpoint,
  enableEndpoint,
  endpointSecret,
  findEndpoint,
  listEndpoints,
  removeEndpoint,
  rotateEndpoint,
} from '../../../adapters/postgres/webhooks/endpoints.ts';
import { webhookTypes } from '../../../run/webhooks/webhook-types.ts';
import { callerOf, requireKey } from '../api-key.ts';
import type { ServerParts } from '../parts.ts';
import { idempotencyHeaders } from './idempotency-key.ts';

const nullable = z.string().nullable();
const endpoint = z.object({
  id: z.uuid(),
  url: z.string(),
  types: z.array(z.string()).describe('`*` stands for all'),
  createdAt: z.string(),
  failingSince: nullable.describe('Since when no try went well'),
  disabledAt: nullable.describe('Told nothing since then'),
  disabledWhy: nullable,
});
const secret = z.string().describe('`whsec_…`: what our messages to it are signed with');
const adding = z.strictObject({
  url: z.string(),
  types: z
    .array(z.enum(['*', ...webhookTypes]))
    .min(1)
    .max(webhookTypes.length + 1)
    .default(['*']),
});

const delivery = z.object({
  id: z.uuid().describe('`webhook-id` is this with msg_ before it'),
  type: z.string(),
  at: z.string(),
  data: z.unknown(),
  state: z.enum(['pending', 'delivered', 'failed']),
  attempts: z.number(),
  nextAt: nullable,
  lastStatus: z.number().nullable(),
  lastError: nullable,
  durationMs: z.number().nullable(),
  endedAt: nullable,
});

const one = z.object({ id: z.uuid() });
const shared = { tags: ['webhooks'], security: [{ key: [] }] };

/** Whom we tell what happens, and what we told them. */
export const webhooks =
  (parts: ServerParts): FastifyPluginAsyncZod =>
  async (app) => {
    const { db, secret: house, secrets: houses } = parts;
    /** Kept answers lie open in the database, so it is an id that is kept, and no secret. */
    const once = async (request: FastifyRequest, answer: () => Promise<string>): Promise<string> => {
      const key = request.headers['idempotency-key'];
      if (typeof key !== 'string') return await answer();
      const scope = `${callerOf(request)} ${request.method} ${request.routeOptions.url}`;
      const body = JSON.stringify([request.params, request.body]);
      const given = await answerOnce(db, { scope, key, body }, async () => ({
        status: 200,
        body: await answer(),
      }));
      return String(given.body);
    };
    app.addHook('onRequest', async (request, reply) => {
      reply.header('cache-control', 'private, no-store');
      await requireKey(db, request, 'webhooks');
    });

    const listing = { ...shared, summary: 'All endpoints', response: { 200: z.array(endpoint) } };
    app.get('/v1/webhooks', { schema: listing }, () => listEndpoints(db));

    const added = endpoint.extend({ secret });
    const asking = {
      ...shared,
      body: adding,
      headers: idempotencyHeaders,
      summary: 'Tells an address what happens from now on',
      response: { 201: added },
    };
    app.post('/v1/webhooks', { schema: asking }, async (request, reply) => {
      parts.webhooks.assertUrl(request.body.url);
      const id = await once(request, async () => (await addEndpoint(db, house, request.body)).id);
      reply.code(201);
      return { ...(await findEndpoint(db, id)), secret: await endpointSecret(db, houses, id, parts.now()) };
    });

    const removing = {
      ...shared,
      params: one,
      summary: 'Ends it, with its log',
      response: { 204: z.null() },
    };
    app.delete('/v1/webhooks/:id', { schema: removing }, async (request, reply) => {
      await removeEndpoint(db, request.params.id);
      return reply.code(204).send(null);
    });

    const rotating = {
      ...shared,
      params: one,
      headers: idempotencyHeaders,
      summary: 'A new secret; for a day messages are signed with the one before, too',
      response: { 200: z.object({ secret }) },
    };
    app.post('/v1/webhooks/:id/rotate', { schema: rotating }, async (request) => {
      const { id } = request.params;
      await once(request, async () => {
        await rotateEndpoint(db, house, id);
        return id;
      });
      return { secret: await endpointSecret(db, houses, id, parts.now()) };
    });

    const enabling = {
      ...shared,
      params: one,
      summary: 'Tells it again what happens; what failed meanwhile is for redeliver',
      response: { 200: endpoint },
    };
    app.post('/v1/webhooks/:id/enable', { schema: enabling }, async (request) => {
      await enableEndpoint(db, request.params.id);
      return await findEndpoint(db, request.params.id);
    });

    const testing = {
      ...shared,
      params: one,
      headers: idempotencyHeaders,
      summary: 'Tells it something harmless, in a moment; the log shows what came of it',
      response: { 202: one },
    };
    app.post('/v1/webhooks/:id/test', { schema: testing }, async (request, reply) => {
      await findEndpoint(db, request.params.id);
      reply.code(202);
      return { id: await once(request, () => addTestDelivery(db, request.params.id)) };
    });

    const logging = {
      ...shared,
      params: one,
      querystring: z.strictObject({
        state: delivery.shape.state.optional(),
        before: z.uuid().optional().describe('The last id of the page before'),
        limit: z.coerce.number().int().min(1).max(200).default(50),
      }),
      summary: 'What it was told, newest first; what has ended is kept for 30 days',
      response: { 200: z.array(delivery) },
    };
    app.get('/v1/webhooks/:id/deliveries', { schema: logging }, async (request) => {
      await findEndpoint(db, request.params.id);
      return await listDeliveries(db, request.params.id, request.query);
    });

    const again = { ...shared, summary: 'Tells it once more, under its old id', response: { 202: one } };
    const both = one.extend({ delivery: z.uuid() });
    app.post(
      '/v1/webhooks/:id/deliveries/:delivery/redeliver',
      { schema: { ...again, params: both } },
      async (request, reply) => {
        await redeliver(db, request.params.delivery, request.params.id);
        return reply.code(202).send({ id: request.params.delivery });
      },
    );

    const allAgain = {
      ...shared,
      params: one,
      summary: 'Tells it all that failed once more',
      response: { 202: z.object({ count: z.number() }) },
    };
    app.post('/v1/webhooks/:id/deliveries/redeliver', { schema: allAgain }, async (request, reply) => {
      await findEndpoint(db, request.params.id);
      return reply.code(202).send({ count: await redeliverFailed(db, request.params.id) });
    });
  };
