import { create } from 'content-disposition';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { safeName } from '../../../deliver/attachment.ts';
import { DearlyError } from '../../../errors.ts';
import type { Snapshot } from '../../../merge/snapshot.ts';
import { isProgramOfOurs } from '../api-key.ts';
import type { ServerParts } from '../parts.ts';
import { type Followed, followLink, linkParams, refuse } from './follow-link.ts';
import { personalHeaders, sendPage, wantsHtml } from './page.ts';
import { wordsFor } from './page-words.ts';
import { recordHit } from './record-hit.ts';
import { sendArtefact } from './send-artefact.ts';
import { startsAtTheStart } from './video.ts';

/** A person who was taken for a scanner (it came at once) is none a moment later. */
const retryAfterSeconds = 3;

/** The page as a document. A person waits the moment that it takes; a look by a machine, or a HEAD, makes none. */
export const pdf =
  (parts: ServerParts): FastifyPluginAsyncZod =>
  async (app) => {
    const schema = {
      params: linkParams,
      tags: ['links'],
      summary: 'The page as a PDF, tagged; made at a person’s first request',
    };
    app.get('/p/:token.pdf', { schema }, async (request, reply) => {
      const found = await followLink(parts, request, reply, 'pdf');
      if (!found) return reply;
      const { snapshot } = found;
      if (!(await hasPage(parts, snapshot))) return refuse(parts, reply, 404, snapshot.lang);
      const mayStart = !found.isMachine || (await isProgramOfOurs(parts.db, request));
      const kept = mayStart ? await get(parts, found, reply) : await parts.pdfs.peek(snapshot);
      if (reply.sent) return reply;
      reply.headers(personalHeaders);
      if (kept === null) return sendLater(parts, found, request, reply);
      const name = safeName(await parts.pdfs.nameOf(snapshot));
      reply
        .header('content-disposition', create(name, { type: 'inline' }))
        .header('content-language', snapshot.lang);
      if (startsAtTheStart(request)) await recordHit(parts, found, 'download', { data: { what: 'pdf' } });
      return sendArtefact(parts.store, { ...kept, contentType: 'application/pdf' }, request, reply);
    });
  };

async function hasPage({ shelf }: ServerParts, { pack }: Snapshot): Promise<boolean> {
  return (await shelf.packAt(pack.name, pack.version)).parts.site !== null;
}

/** Null after the refusal was sent: whoever is erased at this moment is gone like all who were. */
async function get(parts: ServerParts, { snapshot }: Followed, reply: FastifyReply) {
  try {
    return await parts.pdfs.get(snapshot);
  } catch (error) {
    if (!(error instanceof DearlyError) || error.code !== 'artefact-missing') throw error;
    refuse(parts, reply, 404, snapshot.lang);
    return null;
  }
}

function sendLater(
  parts: ServerParts,
  { snapshot }: Followed,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  reply.code(202).header('retry-after', retryAfterSeconds);
  if (!wantsHtml(request)) return reply.send({ state: 'absent', retryAfterSeconds });
  const { lang, words } = wordsFor(snapshot.lang);
  const refresh = { afterSeconds: retryAfterSeconds, progress: 0 };
  return sendPage(reply, { lang, ...words.pdf, refresh }, parts.site);
}
