import { randomBytes, randomUUID } from 'node:crypto';
import { dayIn } from '../../../merge/day-in.ts';
import { mergePieces, type PageParts } from '../../../merge/merge-page.ts';
import { assetLink, makeLinks } from '../../../track/make-links.ts';
import type { ServerParts } from '../parts.ts';
import type { Followed } from './follow-link.ts';
import { closedDoors, personalHeaders } from './page.ts';
import { pageBytes } from './page-bytes.ts';

/** What a form that was sent without a script left to say. */
export type Said = Pick<PageParts, 'answered' | 'wrong' | 'values' | 'chat'>;

export interface RenderedSite {
  readonly html: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/** The recipient's page: merged from the snapshot and the pack as both stood when the link was made. */
export async function renderSite(
  parts: ServerParts,
  { snapshot, counts, answers }: Pick<Followed, 'snapshot' | 'counts' | 'answers'>,
  said: Said = {},
): Promise<RenderedSite> {
  const pack = await parts.shelf.packAt(snapshot.pack.name, snapshot.pack.version);
  const nonce = randomBytes(16).toString('base64');
  const pieces = mergePieces(snapshot, pack, {
    ...said,
    links: makeLinks(parts.secret, snapshot, parts.origins()),
    sender: await parts.shelf.sender(snapshot.sender),
    assets: { ...parts.site, nonce },
    assetUrl: assetLink(parts.secret, snapshot, parts.origins()),
    counts,
    answers,
    submission: randomUUID(),
    today: dayIn(snapshot.timeZone ?? 'UTC', parts.now()),
  });
  const headers = {
    ...personalHeaders,
    'content-security-policy': policy(parts, nonce),
    'content-type': 'text/html; charset=utf-8',
  };
  return { html: pageBytes(pieces), headers };
}

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
