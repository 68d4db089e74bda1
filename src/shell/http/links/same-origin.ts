// Enters: a form or batch that was posted. Leaves: nothing, or the refusal of one that another site's page sent.
// Never: a refusal of what says nothing of where it comes from: programs and old browsers say nothing.
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ServerParts } from '../parts.ts';
import { refuse } from './follow-link.ts';

/** All that a page of ours may send. Unsubscribing looks for itself: the mailbox's own button may stand in the mailbox's page. */
const ofPages = /^\/(?!u\/)[a-z]\//;

/**
 * A link is a secret, so nobody can forge a request to one that they were not sent; but whoever was sent it could let
 * another's browser, with the other's cookie, do the asking.
 */
export const onlyOurPages = (parts: ServerParts) => async (request: FastifyRequest, reply: FastifyReply) => {
  if (request.method !== 'POST' || !ofPages.test(request.routeOptions.url ?? '')) return;
  if (isForeign(request, parts.origins().site)) {
    return refuse(parts, reply, 403, request.headers['accept-language']);
  }
};

/**
 * `Sec-Fetch-Site` is the browser's own word, which no page can change. Browsers without it say `Origin`, and `null` for
 * pages that send no referrer, as ours do: that one tells nothing.
 */
export function isForeign({ headers, protocol, host }: FastifyRequest, site: string): boolean {
  const { origin } = headers;
  const from = headers['sec-fetch-site'];
  if (from !== undefined) return from !== 'same-origin' && from !== 'none';
  return origin !== undefined && origin !== 'null' && origin !== site && origin !== `${protocol}://${host}`;
}
