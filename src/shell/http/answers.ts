import type { FastifyReply } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { learnFacts } from '../../adapters/postgres/learn-facts.ts';
import { answer, submissionSchema } from '../../answer/answer.ts';
import { makeLinks } from '../../track/make-links.ts';
import { type Followed, followLink, linkParams, refuse } from './follow-link.ts';
import { personalHeaders, sendPage } from './page.ts';
import { wordsFor } from './page-words.ts';
import type { ServerParts } from './parts.ts';
import { formLimit } from './rate.ts';
import { recordHit } from './record-hit.ts';
import { takeBatch } from './take-batch.ts';

/** Where the page sends what its reader says (a form, works without a script) and does (batches of events). */
export const answers =
  (parts: ServerParts): FastifyPluginAsyncZod =>
  async (app) => {
    const schema = {
      params: linkParams,
      tags: ['links'],
      summary: 'An answer (form) or a batch of events (JSON)',
    };
    const options = { schema, config: formLimit, bodyLimit: 64 * 1024 };
    app.post('/a/:token', options, async (request, reply) => {
      const found = await followLink(parts, request, reply, 'answer');
      if (!found) return reply;
      const isForm = /^application\/x-www-form-urlencoded\b/i.test(request.headers['content-type'] ?? '');
      return isForm
        ? takeForm(parts, found, request.body, reply)
        : takeBatch(parts, found, readJson(request.body), reply);
    });
  };

async function takeForm(
  parts: ServerParts,
  { snapshot, counts }: Followed,
  body: unknown,
  reply: FastifyReply,
) {
  const submission = submissionSchema.safeParse(body);
  if (!submission.success) return refuse(parts, reply, 400, snapshot.lang);
  const { facts, event } = answer(submission.data, snapshot, parts.now());
  if (!(await learnFacts(parts.db, snapshot.profileId, facts)))
    return refuse(parts, reply, 404, snapshot.lang);
  await recordHit(parts, { snapshot, counts, isMachine: false }, 'answer', { data: event, isSaid: true });
  const { site } = makeLinks(parts.secret, snapshot, parts.origins());
  const pack = await parts.shelf.packAt(snapshot.pack.name, snapshot.pack.version);
  // See Other: loading the page again must not answer again.
  if (pack.parts.site !== null)
    return reply.headers(personalHeaders).redirect(`${site}?answered=1#clear`, 303);
  const { lang, words } = wordsFor(snapshot.lang);
  return sendPage(reply, { lang, ...words.thanks }, parts.site);
}

/** `sendBeacon` sends its JSON as plain text. */
function readJson(body: unknown): unknown {
  try {
    return typeof body === 'string' ? JSON.parse(body) : body;
  } catch {
    return undefined;
  }
}
