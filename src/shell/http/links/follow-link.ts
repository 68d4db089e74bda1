// Enters: a request for something behind a link. Leaves: the snapshot it leads to, or null after the refusal was sent.
// Never: a hint. Forged, malformed, misplaced and erased get the same page by the same way; only an authentic link that is over says so.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type FoundSnapshot, findSnapshot } from '../../../adapters/postgres/find-snapshot.ts';
import { type MachineSign, machineSign } from '../../../track/hit.ts';
import { type LinkKind, readToken } from '../../../track/token.ts';
import { isProgramOfOurs } from '../api-key.ts';
import type { ServerParts } from '../parts.ts';
import { failurePage } from './failure-page.ts';
import { gateCookie, hasOpened } from './gate-cookie.ts';
import { sendGate } from './gate-page.ts';
import { personalHeaders, sendPage, wantsHtml } from './page.ts';
import { proofPage } from './proof-page.ts';

/** Any text: whether it is a token, the MAC decides, and a shape error would be a hint. */
export const linkParams = z.object({ token: z.string() });

export interface Followed extends FoundSnapshot {
  /** Of the link: which target of several. */
  readonly index: number;
  readonly isMachine: boolean;
  /** What gave the machine away. */
  readonly sign: MachineSign | null;
}

export async function followLink(
  parts: ServerParts,
  request: FastifyRequest<{ Params: z.output<typeof linkParams> }>,
  reply: FastifyReply,
  kind: LinkKind,
  options: {
    readonly evenIfOver?: boolean;
    /** Shows nothing that a gated message keeps back. */
    readonly beforeGate?: boolean;
  } = {},
): Promise<Followed | null> {
  const now = parts.now();
  const link = readToken(parts.secrets, request.params.token, kind);
  const found = link && (await findSnapshot(parts.db, link.snapshotId, now));
  if (!link || !found) {
    refuse(parts, reply, 404, request.headers['accept-language']);
    return null;
  }
  if (found.isOver && !options.evenIfOver) {
    refuse(parts, reply, 410, found.snapshot.lang);
    return null;
  }
  if (found.snapshot.proof && request.method === 'POST' && kind !== 'gate') {
    refuseProof(parts, kind, found.snapshot.lang, request, reply);
    return null;
  }
  if (found.snapshot.gate && behindGate.has(kind) && !options.beforeGate) {
    const isOpen = await passGate(parts, found.snapshot.id, kind, request, reply, now);
    if (!isOpen) {
      await sendGate(parts, found.snapshot, kind, request, reply);
      return null;
    }
  }
  const secondsSinceAccepted = found.acceptedAt && (now.getTime() - found.acceptedAt.getTime()) / 1000;
  const { method, headers } = request;
  const sign = machineSign({ method, headers, secondsSinceAccepted });
  return { ...found, index: link.index, isMachine: sign !== null, sign };
}

/** What shows figures, or takes answers about them. Leaving, opting in and going elsewhere ask nobody anything. */
const behindGate: ReadonlySet<LinkKind> = new Set(['site', 'video', 'picture', 'pdf', 'answer']);

async function passGate(
  { db, secret, secrets, origins }: ServerParts,
  snapshotId: string,
  kind: LinkKind,
  request: FastifyRequest,
  reply: FastifyReply,
  now: Date,
): Promise<boolean> {
  const gated = { snapshotId, now, isSecure: origins().site.startsWith('https:') };
  if (!hasOpened(secrets, gated, request.headers.cookie)) return await isProgramOfOurs(db, request);
  // Whoever reads on is not asked again. Files leave it alone: browsers keep them, and fetch many at once.
  if (kind === 'site' || kind === 'answer') reply.header('set-cookie', gateCookie(secret, gated));
  return true;
}

/** The page's own script is refused for good: what it takes for a fault on the way it would send again. */
function refuseProof(
  { site }: ServerParts,
  kind: LinkKind,
  lang: string,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const page = proofPage(lang);
  if (kind !== 'answer' || wantsHtml(request)) sendPage(reply, page, site);
  else reply.code(403).headers(personalHeaders).send({ title: page.title, detail: page.text });
}

export function refuse(
  { site }: ServerParts,
  reply: FastifyReply,
  status: number,
  language: string | undefined,
): FastifyReply {
  return sendPage(reply.code(status), failurePage(status, language), site);
}
