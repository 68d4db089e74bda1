import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { gateOpened, takeGateTry } from '../../../adapters/postgres/gate-tries.ts';
import { opensGate } from '../../../answer/opens-gate.ts';
import { makeLinks } from '../../../track/make-links.ts';
import type { ServerParts } from '../parts.ts';
import { formLimit } from '../rate.ts';
import { followLink, linkParams, refuse } from './follow-link.ts';
import { gateCookie } from './gate-cookie.ts';
import { gatedPlaces, gatePage } from './gate-page.ts';
import { personalHeaders, sendPage } from './page.ts';
import { wordsFor } from './page-words.ts';

/** Takes the answer to a message's gate. Whoever is right goes on to the place that asked. */
export const gate =
  (parts: ServerParts): FastifyPluginAsyncZod =>
  async (app) => {
    const schema = {
      params: linkParams,
      body: z.object({ answer: z.string().max(200) }),
      tags: ['links'],
      summary: 'The answer to what a message asks before it shows figures',
    };
    const options = { schema, config: formLimit };
    app.post('/g/:token', options, async (request, reply) => {
      const found = await followLink(parts, request, reply, 'gate');
      if (!found) return reply;
      const { snapshot, index } = found;
      if (!snapshot.gate) return refuse(parts, reply, 404, snapshot.lang);
      const now = parts.now();
      const attempt = await takeGateTry(parts.db, snapshot.id, now);
      if (attempt.kind !== 'granted') {
        const { lang, words } = wordsFor(snapshot.lang);
        if (attempt.kind === 'closed')
          return sendPage(reply.code(403), { lang, ...words.gate.closed }, parts.site);
        reply.header('retry-after', Math.ceil((attempt.until.getTime() - now.getTime()) / 1000));
        return sendPage(reply.code(429), { lang, ...words.gate.locked }, parts.site);
      }
      if (!opensGate(snapshot.gate, request.body.answer)) {
        return sendPage(reply.code(403), await gatePage(parts, snapshot, index, attempt), parts.site);
      }
      await gateOpened(parts.db, snapshot.id);
      const isSecure = parts.origins().site.startsWith('https:');
      const place = makeLinks(parts.secret, snapshot, { api: '', site: '' })[gatedPlaces[index] ?? 'site'];
      return (
        reply
          .headers(personalHeaders)
          .header('set-cookie', gateCookie(parts.secret, { snapshotId: snapshot.id, isSecure, now }))
          // Relative: the reader stays under the name that the page was opened with, and so does the cookie.
          .redirect(`..${place}`, 303)
      );
    });
  };
