import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { unsubscribe as endPurpose } from '../../../adapters/postgres/unsubscribe.ts';
import type { Snapshot } from '../../../merge/snapshot.ts';
import type { Purpose } from '../../../profile/profile.ts';
import type { ServerParts } from '../parts.ts';
import { formLimit } from '../rate.ts';
import { followLink, linkParams, refuse } from './follow-link.ts';
import { personalHeaders, sendPage } from './page.ts';
import { wordsFor } from './page-words.ts';
import { recordHit } from './record-hit.ts';
import { isForeign } from './same-origin.ts';

/**
 * GET asks, POST does: a scanner that follows every link unsubscribes nobody. The mailbox's own button posts
 * `List-Unsubscribe=One-Click` and wants a plain 200 (RFC 8058). Works for as long as the message is known, even where
 * its other links are over.
 */
export const unsubscribe =
  (parts: ServerParts): FastifyPluginAsyncZod =>
  async (app) => {
    const tags = ['links'];
    const asking = { params: linkParams, tags, summary: 'Asks before it unsubscribes' };
    app.get('/u/:token', { schema: asking }, async (request, reply) => {
      const found = await followLink(parts, request, reply, 'unsubscribe', { evenIfOver: true });
      if (!found) return reply;
      const { lang, words } = wordsFor(found.snapshot.lang);
      const { eyebrow, button: label, ...byPurpose } = words.unsubscribe;
      const page = { lang, eyebrow, ...byPurpose[purposeOf(found.snapshot)], button: { label } };
      return sendPage(reply, page, parts.site);
    });

    takeAnyBody(app);
    const body = z.object({ 'List-Unsubscribe': z.string().optional() }).nullish();
    const doing = { params: linkParams, body, tags, summary: 'Ends the purpose of the message (RFC 8058)' };
    app.post('/u/:token', { schema: doing, config: formLimit }, async (request, reply) => {
      const found = await followLink(parts, request, reply, 'unsubscribe', { evenIfOver: true });
      if (!found) return reply;
      const isOneClick = request.body?.['List-Unsubscribe'] !== undefined;
      // The mailbox's own button may stand in the mailbox's own page.
      if (!isOneClick && isForeign(request, parts.origins().site)) {
        return refuse(parts, reply, 403, found.snapshot.lang);
      }
      const { snapshot } = found;
      const { profileId } = snapshot;
      const purpose = purposeOf(snapshot);
      const isDone = await endPurpose(
        parts.db,
        { profileId, purpose },
        { at: parts.now(), secret: parts.addressKey },
      );
      if (!isDone) return refuse(parts, reply, 404, snapshot.lang);
      // Mailbox providers post for people, with agents of their own.
      const person = { snapshot, isMachine: false, counts: true };
      await recordHit(parts, person, 'unsubscribe', { data: { purpose }, isSaid: true });
      if (isOneClick) {
        return reply.headers(personalHeaders).type('text/plain').send('Unsubscribed.\n');
      }
      const { lang, words } = wordsFor(snapshot.lang);
      return sendPage(reply, { lang, ...words.unsubscribed }, parts.site);
    });
  };

/** Who turns away a message that asks for a yes means that yes, not the messages about a contract that it counts among. */
function purposeOf({ purpose, confirms }: Snapshot): Purpose {
  return confirms?.asks[0]?.purpose ?? purpose;
}

/**
 * RFC 8058 §3.2 lets mailboxes post `multipart/form-data` as well as the urlencoded form. Whatever else is posted is read
 * and put aside: who wants to leave is not turned away for a content type.
 */
function takeAnyBody(app: FastifyInstance): void {
  const limit = { parseAs: 'buffer', bodyLimit: 16 * 1024 } as const;
  app.addContentTypeParser('multipart/form-data', limit, async (request: FastifyRequest, body: Buffer) => {
    const headers = { 'content-type': request.headers['content-type'] ?? '' };
    const form = await new Response(new Uint8Array(body), { headers }).formData().catch(() => null);
    return form === null ? null : Object.fromEntries(form);
  });
  app.addContentTypeParser('*', limit, async () => null);
}
