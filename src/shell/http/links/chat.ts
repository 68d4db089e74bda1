import { randomUUID } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { cleanWords, mostAskedCharacters } from '../../../answer/clean-words.ts';
import { replyTo } from '../../../answer/reply-to.ts';
import { DearlyError } from '../../../errors.ts';
import { handOver } from '../../../run/chat/pass-on.ts';
import { makeLinks } from '../../../track/make-links.ts';
import type { ServerParts } from '../parts.ts';
import { askingOf } from './asking-of.ts';
import { type Followed, followLink, linkParams } from './follow-link.ts';
import { personalHeaders } from './page.ts';
import { questionBody } from './page-bodies.ts';
import { recordHit } from './record-hit.ts';

const questionSchema = z.object({
  /** The message's own: sent twice, it is one. A page without a script may have none. */
  id: z.uuid().or(z.literal('').transform(() => randomUUID())),
  question: z
    .string()
    .max(4 * mostAskedCharacters)
    .transform(cleanWords)
    .pipe(z.string().min(1, 'expected a question').max(mostAskedCharacters)),
  handOver: z.union([z.boolean(), z.literal('1').transform(() => true)]).default(false),
});
type Asked = z.output<typeof questionSchema>;

/** As fast as somebody types, and a page that waits for a reply. */
const asking = { rateLimit: { max: 30, timeWindow: '1 minute' }, documentedBody: questionBody };
const waiting = { rateLimit: { max: 90, timeWindow: '1 minute' } };

/** The chat of a page: its question list answers, or a person does. */
export const chat =
  (parts: ServerParts): FastifyPluginAsyncZod =>
  async (app) => {
    const shared = { params: linkParams, tags: ['links'] };
    const posting = { ...shared, summary: 'A question to the chat, or a message for a person' };
    const options = { schema: posting, config: asking, bodyLimit: 8 * 1024 };
    app.post('/a/:token/chat', options, async (request, reply) => {
      const found = await followLink(parts, request, reply, 'answer');
      if (!found) return reply;
      const isForm = /^application\/x-www-form-urlencoded\b/i.test(request.headers['content-type'] ?? '');
      const body = questionSchema.safeParse(request.body);
      reply.headers(personalHeaders);
      if (isForm) {
        if (body.success) await takeQuestion(parts, found, body.data);
        const { site } = makeLinks(parts.secret, found.snapshot, parts.origins());
        return reply.redirect(`${site}?chat=1#dearly-chat`, 303);
      }
      if (!body.success) {
        const details = body.error.issues.map((it) => `body.${it.path.join('.')}: ${it.message}`);
        throw new DearlyError('request-invalid', 'This is no question.', { details });
      }
      return await takeQuestion(parts, found, body.data, reply);
    });

    const listening = {
      ...shared,
      querystring: z.object({
        after: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0),
      }),
      summary: 'What was said in the chat of a page',
    };
    app.get('/a/:token/chat', { schema: listening, config: waiting }, async (request, reply) => {
      const found = await followLink(parts, request, reply, 'answer');
      if (!found) return reply;
      reply.headers(personalHeaders);
      return await standing(parts, found, request.query.after);
    });
  };

async function takeQuestion(
  parts: ServerParts,
  found: Followed,
  { id, question, handOver: isForPerson }: Asked,
  reply?: FastifyReply,
) {
  const { snapshot } = found;
  const said = { snapshotId: snapshot.id, key: id, text: question, at: parts.now() };
  const { chats, desk } = parts.chat;
  if (isForPerson && desk !== null) {
    const state = await handOver(said, parts.chat);
    const { messages } = await standing(parts, found, 0);
    return {
      handedOver: true,
      state,
      messages: messages.filter((it) => it.from === 'person' && it.id === id),
    };
  }
  const asking = await askingOf(parts, snapshot);
  const answered = replyTo(question, asking);
  const isKnown = answered.kind === 'answer';
  const text = isKnown ? answered.answer : (asking?.list.words.unknown ?? '');
  const kept = await chats.keep(said, { text, question: isKnown ? answered.id : null });
  if (kept === null) return reply?.code(404).send();
  if (kept.isNew) await recordHit(parts, found, 'chat', { data: { found: isKnown ? answered.id : null } });
  // Sent twice under one name with other words: the first ones count.
  const final = kept.text === question ? answered : replyTo(kept.text, asking);
  return final.kind === 'answer'
    ? { answer: final.answer, question: final.id, leads: final.lead }
    : { unknown: true, suggestions: final.suggestions, canHandOver: desk !== null };
}

/** What the page shows of it; the person on the other side has no name here. */
async function standing({ chat: { chats } }: ServerParts, { snapshot }: Followed, after: number) {
  const it = await chats.read(snapshot.id, after);
  return {
    withPerson: it?.isHandedOver ?? false,
    isPassing: it?.isPassing ?? false,
    messages: (it?.messages ?? []).map(({ seq, key, from, text, at }) => ({ seq, id: key, from, text, at })),
  };
}
