import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { purposes } from '../../../profile/profile.ts';
import { type TellResult, type ToldEvent, takeToldEvent } from '../../take-told-event.ts';
import { callerOf, requireKey } from '../api-key.ts';
import type { ServerParts } from '../parts.ts';

const telling = {
  id: z.string().min(1).max(200).describe('Your name for it: told again, it counts once'),
  at: z.iso.datetime({ offset: true }).optional().describe('Now, unless it is told later'),
  messageId: z.string().min(3).max(400).optional().describe('Of the message, with or without <>'),
  runId: z.uuid().optional().describe('Beside externalId: which run'),
  externalId: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe('Alone: their newest message before `at`; of conversions their newest run'),
};
const text = z.string().max(1000);

const event = z
  .discriminatedUnion('type', [
    z.strictObject({
      ...telling,
      type: z.literal('bounce'),
      status: z
        .string()
        .regex(/^[45]\.\d{1,3}\.\d{1,3}$/, 'expected an enhanced status code such as 5.1.1')
        .optional(),
      detail: text.optional().describe('The mail server’s words'),
      permanent: z
        .boolean()
        .optional()
        .describe('Your provider’s judgement; without it status and words tell'),
    }),
    z.strictObject({ ...telling, type: z.literal('complaint') }),
    z.strictObject({
      ...telling,
      type: z.literal('unsubscribe'),
      purpose: z.enum(purposes).default('marketing'),
    }),
    z.strictObject({
      ...telling,
      type: z.literal('conversion'),
      value: z.number().min(-1e12).max(1e12).optional(),
      currency: z
        .string()
        .regex(/^[A-Z]{3}$/, 'expected an ISO 4217 code such as EUR')
        .optional(),
      detail: text.optional(),
    }),
  ])
  .refine((it) => (it.messageId === undefined) !== (it.externalId === undefined), {
    path: ['messageId'],
    message: 'expected either messageId or externalId',
  })
  .refine((it) => it.runId === undefined || it.externalId !== undefined, {
    path: ['runId'],
    message: 'expected externalId beside it',
  })
  .refine((it) => it.type !== 'conversion' || (it.value === undefined) === (it.currency === undefined), {
    path: ['currency'],
    message: 'expected value and currency, or neither',
  });

const body = z.strictObject({ events: z.array(event).min(1).max(500) });

const results = ['accepted', 'duplicate', 'unknown', 'outdated'] as const satisfies readonly TellResult[];
const answer = z.object({
  results: z
    .array(z.object({ id: z.string(), result: z.enum(results) }))
    .describe('In the order they were told. unknown: of no message or person that we know'),
});

/** What mail providers and CRMs tell of messages that are out. */
export const events =
  (parts: ServerParts): FastifyPluginAsyncZod =>
  async (app) => {
    app.addHook('onRequest', async (request) => void (await requireKey(parts.db, request, 'events')));
    const schema = {
      body,
      tags: ['events'],
      security: [{ key: [] }],
      summary: 'Takes up to 500 bounces, complaints, unsubscribes and conversions; each counts once',
      response: { 200: answer },
    };
    app.post('/v1/events', { schema }, async (request, reply) => {
      const caller = callerOf(request);
      const now = parts.now();
      const told: z.output<typeof answer>['results'] = [];
      // One after the other: what is told of one person keeps its order.
      for (const it of request.body.events) {
        told.push({ id: it.id, result: await takeToldEvent(toEvent(it, now), caller, parts) });
      }
      return reply.header('cache-control', 'private, no-store').send({ results: told });
    });
  };

function toEvent(it: z.output<typeof event>, now: Date): ToldEvent {
  const said = it.at === undefined ? now : new Date(it.at);
  const { messageId, externalId = '', runId } = it;
  const about = messageId === undefined ? { externalId, runId } : { messageId };
  // Nothing has happened yet that happens tomorrow.
  const whole = { id: it.id, at: said < now ? said : now, about };
  switch (it.type) {
    case 'bounce': {
      const { status = null, detail = '', permanent = null } = it;
      return { ...whole, type: it.type, status, detail, isPermanent: permanent };
    }
    case 'complaint':
      return { ...whole, type: it.type };
    case 'unsubscribe':
      return { ...whole, type: it.type, purpose: it.purpose };
    case 'conversion': {
      const { value, currency, detail } = it;
      const data = {
        ...(value !== undefined && currency !== undefined && { value, currency }),
        ...(detail !== undefined && { detail }),
      };
      return { ...whole, type: it.type, data };
    }
  }
}
