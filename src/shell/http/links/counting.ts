import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { keepConsent } from '../../../adapters/postgres/keep-consent.ts';
import { setCounting } from '../../../answer/set-counting.ts';
import { countingWordsFor } from '../../../template/page/counting-words.ts';
import { makeLinks } from '../../../track/make-links.ts';
import type { ServerParts } from '../parts.ts';
import { formLimit } from '../rate.ts';
import { followLink, linkParams, refuse } from './follow-link.ts';
import { personalHeaders, wantsHtml } from './page.ts';
import { recordHit } from './record-hit.ts';

/** The switch on the page: whether its reader is counted. Said on purpose, so it is kept either way; a machine agrees for nobody. */
export const counting =
  (parts: ServerParts): FastifyPluginAsyncZod =>
  async (app) => {
    const schema = {
      params: linkParams,
      body: z.object({ counting: z.enum(['on', 'off']) }),
      tags: ['links'],
      summary: 'Switches the counting of one person on or off: 303 back to the page, or JSON',
    };
    app.post('/a/:token/counting', { schema, config: formLimit }, async (request, reply) => {
      const found = await followLink(parts, request, reply, 'answer');
      if (!found) return reply;
      const { snapshot, isMachine } = found;
      const isOn = request.body.counting === 'on';
      const isTaken = !(isMachine && isOn);
      if (isTaken) {
        const pack = await parts.shelf.packAt(snapshot.pack.name, snapshot.pack.version);
        const { text } = countingWordsFor(snapshot.lang, pack.messages[snapshot.lang] ?? {});
        const consent = setCounting(snapshot, isOn, text, parts.now());
        const outcome = await keepConsent(parts.db, snapshot.profileId, 'tracking', consent);
        if (outcome === 'erased') return refuse(parts, reply, 404, snapshot.lang);
        const data = { purpose: 'tracking', granted: isOn };
        if (outcome === 'kept') await recordHit(parts, found, 'consent', { data, isSaid: true });
      }
      reply.headers(personalHeaders);
      if (!wantsHtml(request)) return reply.send({ counting: isTaken ? isOn : found.counts });
      const { site } = makeLinks(parts.secret, snapshot, parts.origins());
      return reply.redirect(`${site}#counting`, 303);
    });
  };
