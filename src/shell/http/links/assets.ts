import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { assetName } from '../../../merge/asset-name.ts';
import { isAssetFault } from '../../../run/video/fetch-assets.ts';
import { assetsIn } from '../../../template/asset.ts';
import type { ServerParts } from '../parts.ts';
import { followLink, linkParams, refuse } from './follow-link.ts';
import { keptBy, personalHeaders } from './page.ts';
import { sendArtefact } from './send-artefact.ts';

/** One clear pixel: a browser shows it in spite of the status, so that the film goes on without the picture. */
const nothing = Buffer.from('UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==', 'base64');

/** Foreign pictures of a film, from us: the recipient's browser never asks who a profile names. */
export const assets =
  (parts: ServerParts): FastifyPluginAsyncZod =>
  async (app) => {
    const schema = {
      params: linkParams.extend({ name: z.string() }),
      tags: ['links'],
      summary: 'A picture of the film that the profile names',
    };
    app.get('/i/:token/asset-:name.webp', { schema }, async (request, reply) => {
      const found = await followLink(parts, request, reply, 'picture');
      if (!found) return reply;
      const scenes = found.snapshot.storyboard?.scenes ?? [];
      const asset = scenes
        .flatMap(({ props }) => assetsIn(props))
        .find((it) => assetName(it) === request.params.name);
      if (asset === undefined) return refuse(parts, reply, 404, found.snapshot.lang);
      reply.headers({ ...personalHeaders, 'cross-origin-resource-policy': 'same-site' });
      const kept = await parts.assets.get(asset).catch((error: unknown) => {
        if (!isAssetFault(error)) throw error;
        request.log.warn({ code: error.code, snapshotId: found.snapshot.id }, 'a picture cannot be had');
        return null;
      });
      if (kept === null) return reply.code(404).type('image/webp').send(nothing);
      // One address is one picture a day; the day stands in its name.
      reply.header('cache-control', keptBy(found.snapshot, 'private, max-age=86400, immutable'));
      return sendArtefact(parts.store, { ...kept, contentType: 'image/webp' }, request, reply);
    });
  };
