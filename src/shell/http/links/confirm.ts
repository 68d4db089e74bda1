import type { FastifyReply } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { confirm as keepConsents } from '../../../adapters/postgres/confirm.ts';
import { giveConsent, isGiven } from '../../../answer/give-consent.ts';
import type { Snapshot } from '../../../merge/snapshot.ts';
import type { ServerParts } from '../parts.ts';
import { formLimit } from '../rate.ts';
import { type Followed, followLink, linkParams, refuse } from './follow-link.ts';
import { type Page, sendPage } from './page.ts';
import { wordsFor } from './page-words.ts';
import { recordHit } from './record-hit.ts';

/**
 * Double opt-in. GET asks in the very words that are kept with the consent; POST gives it. Scanners follow links and some
 * press buttons: whatever looks like one is asked again, and no more.
 */
export const confirm =
  (parts: ServerParts): FastifyPluginAsyncZod =>
  async (app) => {
    const tags = ['links'];
    const asking = { params: linkParams, tags, summary: 'Asks for the yes of a double opt-in' };
    app.get('/k/:token', { schema: asking }, async (request, reply) => {
      const found = await followQuestion(parts, request, reply);
      if (!found) return reply;
      const { snapshot, consents } = found;
      return sendPage(reply, isGiven(snapshot, consents) ? thanks(snapshot) : question(snapshot), parts.site);
    });

    const name = z.string().max(40);
    const body = z.object({ yes: z.union([name, z.array(name).max(8)]).optional() }).nullish();
    const doing = { params: linkParams, body, tags, summary: 'Keeps the consents of a double opt-in' };
    app.post('/k/:token', { schema: doing, config: formLimit }, async (request, reply) => {
      const found = await followQuestion(parts, request, reply);
      if (!found) return reply;
      const { snapshot } = found;
      if (found.isMachine) return sendPage(reply, question(snapshot), parts.site);
      const given = giveConsent(snapshot, [request.body?.yes ?? []].flat(), parts.now());
      const outcome = await keepConsents(parts.db, snapshot, given, { secret: parts.addressKey });
      if (outcome === 'erased') return refuse(parts, reply, 404, snapshot.lang);
      if (outcome === 'outdated') {
        const { lang, words } = wordsFor(snapshot.lang);
        return sendPage(reply.code(410), { lang, ...words.confirm.outdated }, parts.site);
      }
      const data = { purposes: Object.keys(given) };
      if (outcome === 'confirmed') await recordHit(parts, found, 'confirm', { data, isSaid: true });
      return sendPage(reply, thanks(snapshot), parts.site);
    });
  };

/** Whoever has not answered by then has forgotten the question; links of single renders live much longer. */
const answerWithinMs = 30 * 86_400_000;

/** A message that asks nothing has no such link: one signed for it all the same leads nowhere. */
async function followQuestion(
  parts: ServerParts,
  request: Parameters<typeof followLink>[1],
  reply: FastifyReply,
): Promise<Followed | null> {
  const found = await followLink(parts, request, reply, 'confirm');
  if (!found) return null;
  const { confirms, madeAt, lang } = found.snapshot;
  const isOver = Date.parse(madeAt) + answerWithinMs <= parts.now().getTime();
  if (confirms && !isOver) return found;
  refuse(parts, reply, confirms ? 410 : 404, confirms ? lang : request.headers['accept-language']);
  return null;
}

function thanks({ lang: asked }: Snapshot): Page {
  const { lang, words } = wordsFor(asked);
  return { lang, ...words.confirm.done };
}

function question({ lang: asked, confirms }: Snapshot): Page {
  const { lang, words } = wordsFor(asked);
  const { eyebrow, title, button: label, note } = words.confirm;
  const asks = confirms?.asks ?? [];
  const text = asks.filter((it) => !it.optional).map((it) => it.text);
  const choices = asks.filter((it) => it.optional).map((it) => ({ value: it.purpose, label: it.text }));
  return { lang, eyebrow, title, text: text.join(' '), choices, button: { label }, note };
}
