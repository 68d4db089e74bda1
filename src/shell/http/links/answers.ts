import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { ServerParts } from '../parts.ts';
import { formLimit } from '../rate.ts';
import { followLink, linkParams } from './follow-link.ts';
import { answerBody } from './page-bodies.ts';
import { takeAnswer } from './take-answer.ts';
import { takeBatch } from './take-batch.ts';

/** Where the page sends what its reader says (a form, with a script or without) and does (batches of events). */
export const answers =
  (parts: ServerParts): FastifyPluginAsyncZod =>
  async (app) => {
    const schema = {
      params: linkParams,
      tags: ['links'],
      summary: 'An answer (form or JSON), or a batch of events (JSON)',
    };
    const config = { ...formLimit, documentedBody: answerBody };
    const options = { schema, config, bodyLimit: 64 * 1024 };
    app.post('/a/:token', options, async (request, reply) => {
      const found = await followLink(parts, request, reply, 'answer');
      if (!found) return reply;
      const isForm = /^application\/x-www-form-urlencoded\b/i.test(request.headers['content-type'] ?? '');
      if (isForm) return takeAnswer.plain(parts, found, request.body, reply);
      const body = readJson(request.body);
      return typeof body === 'object' && body !== null && Object.hasOwn(body, 'form')
        ? takeAnswer.scripted(parts, found, body, reply)
        : takeBatch(parts, found, body, reply);
    });
  };

/** `sendBeacon` sends its JSON as plain text. */
function readJson(body: unknown): unknown {
  try {
    return typeof body === 'string' ? JSON.parse(body) : body;
  } catch {
    return undefined;
  }
}
