import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { markBurst } from '../../../adapters/postgres/mark-burst.ts';
import { targetAt } from '../../../track/make-links.ts';
import type { ServerParts } from '../parts.ts';
import { followLink, linkParams, refuse } from './follow-link.ts';
import { personalHeaders } from './page.ts';
import { recordHit } from './record-hit.ts';

/** Counts, then leads on. The address stands in the snapshot, so nobody can make this lead elsewhere. */
export const click =
  (parts: ServerParts): FastifyPluginAsyncZod =>
  async (app) => {
    const schema = {
      params: linkParams,
      tags: ['links'],
      summary: 'A counted click: 302 to a target of the message',
    };
    app.get('/c/:token', { schema }, async (request, reply) => {
      const found = await followLink(parts, request, reply, 'click');
      if (!found) return reply;
      const target = targetAt(found.snapshot, found.index);
      if (target === null) return refuse(parts, reply, 404, found.snapshot.lang);
      await recordHit(parts, found, 'click', { data: { target: target.name } });
      // A machine that tries all links betrays itself only by the next.
      if (found.counts && !found.isMachine) await markBurst(parts.db, found.snapshot.id, parts.now());
      return reply.headers(personalHeaders).redirect(target.url, 302);
    });
  };
