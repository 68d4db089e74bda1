import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type Answer, answerOnce } from '../../../adapters/postgres/idempotency.ts';
import type { ServerParts } from '../parts.ts';

export const idempotencyHeaders = z.object({
  'idempotency-key': z
    .string()
    .regex(/^[\x21-\x7e]{1,200}$/, 'expected 1 to 200 visible ASCII characters')
    .optional()
    .describe('The same key with the same body gets the same answer, and sends once'),
});

/** Answers a POST, once per Idempotency-Key of this caller where it sent one. */
export async function replyOnce(
  { db }: ServerParts,
  request: FastifyRequest,
  reply: FastifyReply,
  caller: string,
  answer: (idempotencyKey: string | undefined) => Promise<Answer>,
  /** What an answer's headers say follows from it, so that a replay says the same. */
  headersOf: (answer: Answer) => Record<string, string> = () => ({}),
): Promise<FastifyReply> {
  const header = request.headers['idempotency-key'];
  const key = typeof header === 'string' ? header : undefined;
  reply.header('cache-control', 'private, no-store');
  if (key === undefined) {
    const first = await answer(undefined);
    return reply.headers(headersOf(first)).code(first.status).send(first.body);
  }
  const scope = `${caller} ${request.method} ${request.routeOptions.url}`;
  // The parsed body has one spelling; white space and defaults make no other request.
  const body = `${JSON.stringify(request.body)}${new URL(request.url, 'http://x').search}`;
  const once = await answerOnce(db, { scope, key, body }, () => answer(key));
  if (once.isReplay) reply.header('idempotent-replayed', 'true');
  return reply.headers(headersOf(once)).code(once.status).send(once.body);
}
