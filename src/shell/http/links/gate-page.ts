import type { FastifyReply, FastifyRequest } from 'fastify';
import { sayOf } from '../../../merge/roots.ts';
import type { Snapshot } from '../../../merge/snapshot.ts';
import type { CompiledPack } from '../../../template/compiled-pack.ts';
import { type LinkKind, signToken } from '../../../track/token.ts';
import type { ServerParts } from '../parts.ts';
import { type Page, sendPage, wantsHtml } from './page.ts';

/** Behind the gate, and where a right answer leads: a token's index names the place, so that no address can. */
export const gatedPlaces = ['site', 'video', 'pdf'] as const satisfies readonly LinkKind[];

/** In the pack's words. A program is told that it may not, and no more. */
export async function sendGate(
  parts: ServerParts,
  snapshot: Snapshot,
  kind: LinkKind,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  if (!wantsHtml(request) || kind === 'picture') {
    return reply.code(403).header('cache-control', 'no-store').type('text/plain').send('');
  }
  // A form that was sent after half an hour's pause asks as well, and has to say that it was not taken.
  if (request.method !== 'GET' && request.method !== 'HEAD') reply.code(403);
  const index = Math.max(0, gatedPlaces.indexOf(kind as (typeof gatedPlaces)[number]));
  return sendPage(reply, await gatePage(parts, snapshot, index), parts.site);
}

/** @param wrong how many tries are left after a wrong answer; left out where nothing was answered yet */
export async function gatePage(
  parts: ServerParts,
  snapshot: Snapshot,
  index: number,
  wrong?: { readonly left: number },
): Promise<Page> {
  const pack = await parts.shelf.packAt(snapshot.pack.name, snapshot.pack.version);
  const token = signToken(parts.secret, { snapshotId: snapshot.id, kind: 'gate', index });
  return gateQuestion(snapshot, pack, `../g/${token}`, wrong);
}

/** @param action where the answer goes */
export function gateQuestion(
  snapshot: Snapshot,
  pack: CompiledPack,
  action: string,
  wrong?: { readonly left: number },
): Page {
  const say = sayOf(snapshot, pack);
  const word = (part: string, values?: Record<string, number>) =>
    say.t(`gate.${snapshot.gate?.name}.${part}`, values);
  return {
    lang: snapshot.lang,
    title: word('question'),
    text: word('hint'),
    question: {
      action,
      name: 'answer',
      ...(wrong && { wrong: word('wrong', wrong) }),
    },
    button: { label: word('button') },
  };
}
