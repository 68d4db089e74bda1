import { createHash } from 'node:crypto';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { findTriggerJob } from '../../../adapters/postgres/webhooks/trigger-events.ts';
import { findTrigger, noTrigger } from '../../../adapters/postgres/webhooks/triggers.ts';
import { DearlyError } from '../../../errors.ts';
import { type TriggerEvent, takeTrigger } from '../../../run/take-trigger.ts';
import { json, patchOf, profileBody } from '../../profile-body.ts';
import { requireKey } from '../api-key.ts';
import type { ServerParts } from '../parts.ts';
import { admitEvent, keepBytes } from './signed-body.ts';

const externalId = z.string().min(1).max(200);
const name = z.string().max(63).describe('As its file names it');
const tags = ['triggers'];

const body = z
  .strictObject({
    externalId: externalId.optional().describe('Somebody who is known …'),
    profile: profileBody
      .extend({ externalId })
      .optional()
      .describe('… or what is to be known of them from now on'),
    data: z
      .record(z.string(), json)
      .default({})
      .describe('Facts of this event, for this message alone; what no pack asks for is not kept'),
    occurredAt: z.iso.datetime({ offset: true }).optional().describe('Now, unless it is told later'),
  })
  .refine((it) => (it.externalId === undefined) !== (it.profile === undefined), {
    path: ['externalId'],
    message: 'expected either externalId or profile',
  });

const headers = z.looseObject({
  'webhook-id': z.string().optional().describe('The event’s own name: told twice, it counts once'),
  'webhook-timestamp': z.string().optional().describe('Seconds since 1970, at most five minutes off'),
  'webhook-signature': z
    .string()
    .optional()
    .describe('`v1,` and HMAC-SHA256 of `id.timestamp.body` in base64; several with spaces between'),
  'idempotency-key': z.string().optional().describe('Beside an API key: instead of webhook-id'),
});

const taken = z.object({
  id: z.uuid().describe('The job’s; GET …/jobs/{id} tells how it goes'),
  state: z.literal('queued'),
});

const job = z.object({
  id: z.uuid(),
  trigger: z.string(),
  event: z.string(),
  state: z.string().describe('running, paused, cancelled or completed'),
  takenAt: z.string(),
  message: z
    .object({ state: z.string(), reason: z.string().nullable(), variant: z.string().nullable() })
    .nullable(),
});

/** One event, one message: what a CRM calls when something happens to somebody. */
export const triggers =
  (parts: ServerParts): FastifyPluginAsyncZod =>
  async (app) => {
    const { db } = parts;
    keepBytes(app, 256 * 1024);
    const parse = app.getDefaultJsonParser('error', 'error');

    const security: Record<string, string[]>[] = [{ signature: [] }, { key: [] }];
    const telling = {
      params: z.object({ name }),
      headers,
      body,
      tags,
      security,
      summary: 'Something happened to somebody: opens the trigger’s run for them, once per event',
      response: { 202: taken.describe('Queued; the same event again gets the same answer') },
    };
    const admitted = new WeakMap<object, { readonly id: string; readonly bodyHash: Buffer }>();
    app.post(
      '/v1/triggers/:name',
      {
        schema: telling,
        async preValidation(request) {
          const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
          const id = await admitEvent(parts, request, request.params.name, bytes);
          admitted.set(request, { id, bodyHash: createHash('sha256').update(bytes).digest() });
          request.body = await new Promise((done, fail) => {
            parse(request, bytes.toString('utf8'), (error, value) => (error ? fail(error) : done(value)));
          });
        },
      },
      async (request, reply) => {
        const trigger = await findTrigger(db, request.params.name);
        const it = admitted.get(request);
        if (trigger === null || it === undefined) throw noTrigger(request.params.name);
        const event = { ...it, ...(await readEvent(parts, request.body)) };
        const id = await takeTrigger(trigger.campaign, event, parts);
        const location = `/v1/triggers/${encodeURIComponent(trigger.name)}/jobs/${id}`;
        return reply
          .code(202)
          .headers({ location, 'cache-control': 'private, no-store' })
          .send({ id, state: 'queued' });
      },
    );

    const looking = {
      params: z.object({ name, id: z.uuid() }),
      tags,
      security: [{ key: [] }],
      summary: 'How it went with an event',
      response: { 200: job },
    };
    app.get(
      '/v1/triggers/:name/jobs/:id',
      {
        schema: looking,
        onRequest: async (request) => void (await requireKey(db, request, 'triggers')),
      },
      async (request, reply) => {
        reply.header('cache-control', 'private, no-store');
        return await findTriggerJob(db, request.params.name, request.params.id);
      },
    );
  };

async function readEvent(
  { shelf, now }: ServerParts,
  { externalId, profile, data, occurredAt }: z.output<typeof body>,
): Promise<Pick<TriggerEvent, 'person' | 'data' | 'occurredAt'>> {
  const at = now();
  const said = occurredAt === undefined ? at : new Date(occurredAt);
  // A yes that comes late must not beat a no that came in between; one from the future would beat them all.
  const happened = said < at ? said : at;
  const how = { shelf, at: happened };
  const { patch: brought } = await patchOf('data', { facts: data }, how).catch(sayData);
  return { person: await readPerson(), data: brought.facts ?? {}, occurredAt: happened };

  async function readPerson(): Promise<TriggerEvent['person']> {
    if (profile === undefined) return { externalId: externalId ?? '' };
    const { externalId: own, ...rest } = profile;
    return { patch: (await patchOf(own, rest, { ...how, where: 'body.profile.' })).patch };
  }
}

/** The same rules as for a profile's facts, under the name that they have here. */
function sayData(error: unknown): never {
  if (!(error instanceof DearlyError)) throw error;
  const details = error.details.map((line) => line.replace(/^facts\./, 'body.data.'));
  throw new DearlyError(error.code, 'The event cannot be taken as it stands.', { details });
}
