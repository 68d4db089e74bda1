import { randomBytes } from 'node:crypto';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { mergePage } from '../../merge/merge-page.ts';
import { assetLink, makeLinks } from '../../track/make-links.ts';
import { followLink, linkParams } from './follow-link.ts';
import { closedDoors, personalHeaders } from './page.ts';
import type { ServerParts } from './parts.ts';
import { recordHit } from './record-hit.ts';

/** The recipient's page: merged from the snapshot and the pack as both stood when the link was made. */
export const site =
  (parts: ServerParts): FastifyPluginAsyncZod =>
  async (app) => {
    const schema = {
      tags: ['links'],
      summary: 'The personal page',
      params: linkParams,
      /** Set by the answer form's redirect. */
      querystring: z.object({ answered: z.string().optional() }),
    };
    app.get('/s/:token', { schema }, async (request, reply) => {
      const found = await followLink(parts, request, reply, 'site');
      if (!found) return reply;
      const { snapshot, counts } = found;
      const pack = await parts.shelf.packAt(snapshot.pack.name, snapshot.pack.version);
      const links = makeLinks(parts.secret, snapshot, parts.origins());
      const sender = await parts.shelf.sender(snapshot.sender);
      const nonce = randomBytes(16).toString('base64');
      const answered = request.query.answered !== undefined;
      const assetUrl = assetLink(parts.secret, snapshot, parts.origins());
      const assets = { ...parts.site, nonce };
      const html = mergePage(snapshot, pack, { links, sender, assets, assetUrl, answered, counts });
      if (!answered) await recordHit(parts, found, 'visit');
      return reply
        .headers(personalHeaders)
        .header('content-security-policy', policy(parts, nonce))
        .type('text/html; charset=utf-8')
        .send(html);
    });
  };

/** The page may stand under another name than its links (behind a proxy), so their origin is named beside 'self'. */
function policy({ site, origins }: ServerParts, nonce: string): string {
  const home = `'self' ${origins().site}`;
  return [
    `default-src 'none'`,
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}' ${site.styleHashes.join(' ')}`.trim(),
    `img-src ${home} data:`,
    `media-src ${home}`,
    `font-src 'self'`,
    `connect-src ${home}`,
    `form-action ${home}`,
    closedDoors,
  ].join('; ');
}
