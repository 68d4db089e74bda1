import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { isSnapshotKept } from '../../../adapters/postgres/is-snapshot-kept.ts';
import type { Snapshot } from '../../../merge/snapshot.ts';
import type { StillName } from '../../../render/artefact-key.ts';
import { shownKeys } from '../../../render/shown-keys.ts';
import { removeArtefacts } from '../../../run/remove-artefacts.ts';
import type { ServerParts } from '../parts.ts';
import { followLink, linkParams, refuse } from './follow-link.ts';
import { keptBy } from './page.ts';
import { type Stored, sendArtefact } from './send-artefact.ts';
import { formatAt } from './video.ts';

/** Pictures of a message, made at the first request. Mail programs fetch them from pages of their own. */
export const pictures =
  (parts: ServerParts): FastifyPluginAsyncZod =>
  async (app) => {
    const params = linkParams.extend({ picture: z.string() });
    const schema = {
      params,
      // Of poster and teaser. Any text: a format that the film does not have is an address where nothing stands.
      querystring: z.object({ format: z.string().optional().describe('16:9, 1:1 or 9:16') }),
      tags: ['links'],
      summary:
        'poster.jpg or .webp (a frame of the video under a play button), teaser.gif, or a picture of the pack',
    };
    app.get('/i/:token/:picture', { schema }, async (request, reply) => {
      const isStill = linked.some((it) => it === request.params.picture);
      const found = await followLink(parts, request, reply, 'picture', { beforeGate: isStill });
      if (!found) return reply;
      const { snapshot } = found;
      const picture = await pictureOf(parts, snapshot, request.params.picture, request.query.format);
      if (picture === null) return refuse(parts, reply, 404, snapshot.lang);
      if (picture.isDrawn && !(await isSnapshotKept(parts.db, snapshot.id))) {
        // Erased meanwhile: what was drawn since goes, too.
        await removeArtefacts(parts.store, shownKeys(snapshot));
        return refuse(parts, reply, 404, request.headers['accept-language']);
      }
      reply.headers({
        // The snapshot never changes, so neither does its picture.
        'cache-control': isStill
          ? 'private, max-age=86400, immutable'
          : keptBy(snapshot, 'private, max-age=86400, immutable'),
        'cross-origin-resource-policy': 'cross-origin',
        'x-robots-tag': 'noindex, nofollow, noarchive',
      });
      return sendArtefact(parts.store, picture, request, reply);
    });
  };

/** What a link may ask for; contact sheets are for those who make films. */
const linked: readonly StillName[] = ['poster.jpg', 'poster.webp', 'teaser.gif'];

async function pictureOf(
  { stills, pictures }: ServerParts,
  snapshot: Snapshot,
  file: string,
  asked: string | undefined,
): Promise<(Stored & { readonly isDrawn: boolean }) | null> {
  const asks = linked.find((it) => it === file);
  // A teaser runs through the film's scenes, and their figures are behind the gate. The poster greets, and no more.
  const still = asks === 'teaser.gif' && snapshot.gate ? 'poster.jpg' : asks;
  if (still !== undefined) {
    const format = formatAt(snapshot, asked);
    return format === null ? null : await stills.get(snapshot, still, format);
  }
  const name = /^([a-z][a-z0-9-]*)\.jpg$/.exec(file)?.[1] ?? '';
  if (!Object.hasOwn(snapshot.pictures ?? {}, name)) return null;
  return { ...(await pictures.get(snapshot, name)), contentType: 'image/jpeg' };
}
