import { randomUUID } from 'node:crypto';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { cleanWords, mostReplyCharacters } from '../../../answer/clean-words.ts';
import { DearlyError } from '../../../errors.ts';
import { lineOf } from '../../../run/chat/pass-on.ts';
import { callerOf, requireKey } from '../api-key.ts';
import type { ServerParts } from '../parts.ts';
import { idempotencyHeaders, replyOnce } from './idempotency-key.ts';

const params = z.object({ conversation: z.uuid() });
const shared = { params, tags: ['chats'], security: [{ key: [] }] };
const body = z.strictObject({
  text: z
    .string()
    .max(2 * mostReplyCharacters)
    .transform(cleanWords)
    .pipe(z.string().min(1).max(mostReplyCharacters))
    .describe('Plain text; line breaks stay'),
});

const found = z.object({
  conversation: z.uuid(),
  handedOver: z.boolean().describe('A person, or a bot, reads along'),
  messages: z.array(
    z.object({
      id: z.string(),
      from: z.enum(['visitor', 'house', 'person']),
      text: z.string(),
      question: z.string().nullish().describe('Of the house’s: which one of the pack it answered'),
      at: z.string().describe('ISO 8601'),
    }),
  ),
});

/** For whoever took over a conversation: what was said, and a way to say more. */
export const chats =
  (parts: ServerParts): FastifyPluginAsyncZod =>
  async (app) => {
    app.addHook('onRequest', async (request) => void (await requireKey(parts.db, request, 'chats')));

    const looking = {
      ...shared,
      summary: 'What was said in a conversation, oldest first',
      response: { 200: found },
    };
    app.get('/v1/chats/:conversation', { schema: looking }, async (request, reply) => {
      const { conversation } = request.params;
      const it = await parts.chat.chats.find(conversation);
      if (it === null) throw missing(conversation);
      reply.header('cache-control', 'private, no-store');
      return { conversation, handedOver: it.isHandedOver, messages: it.messages.map(lineOf) };
    });

    const saying = {
      ...shared,
      body,
      headers: idempotencyHeaders,
      summary: 'A reply: the page shows it within seconds',
      response: { 201: z.object({ id: z.uuid() }) },
    };
    app.post('/v1/chats/:conversation/messages', { schema: saying }, async (request, reply) => {
      const { conversation } = request.params;
      const { text } = request.body;
      return await replyOnce(parts, request, reply, `${callerOf(request)} ${conversation}`, async () => {
        const id = randomUUID();
        const isThere = await parts.chat.chats.reply(conversation, { key: id, text, at: parts.now() });
        if (!isThere) throw missing(conversation);
        return { status: 201, body: { id } };
      });
    });
  };

function missing(conversation: string): DearlyError {
  return new DearlyError('chat-missing', `There is no conversation ${conversation}.`);
}
