// The small pages that stand between a recipient and nothing: one sheet, one sentence, at most one button.
import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { theme } from '../../../templates/theme.ts';
import { pageCss } from './page-css.ts';
import type { SiteAssets } from './parts.ts';

export interface Page {
  /** BCP 47. */
  readonly lang: string;
  readonly title: string;
  readonly text: string;
  /** Above the title, small. */
  readonly eyebrow?: string;
  /** A form that posts to where the page stands. */
  readonly button?: { readonly label: string; readonly fields?: Readonly<Record<string, string>> };
  readonly link?: { readonly label: string; readonly href: string };
  /** Loads itself again; shows a bar, `progress` 0 to 1. */
  readonly refresh?: { readonly afterSeconds: number; readonly progress: number };
}

const styleHash = `sha256-${createHash('sha256').update(pageCss).digest('base64')}`;

export function wantsHtml(request: FastifyRequest): boolean {
  return /\btext\/html\b/.test(request.headers.accept ?? '');
}

/** Nothing but the page's own style may load; only its own form may be sent. */
export function sendPage(reply: FastifyReply, page: Page, { styleUrl }: SiteAssets): FastifyReply {
  const policy = `default-src 'none'; style-src 'self' '${styleHash}'; font-src 'self'; ${closedDoors}; form-action 'self'`;
  return reply
    .headers(personalHeaders)
    .header('content-security-policy', policy)
    .type('text/html; charset=utf-8')
    .send(htmlOf(page, styleUrl));
}

/** For whatever was made for one person: kept by nobody on the way, found by no search engine. */
export const personalHeaders = {
  'cache-control': 'private, no-store',
  'x-robots-tag': 'noindex, nofollow, noarchive',
} as const;

export const closedDoors = "base-uri 'none'; frame-ancestors 'none'";

function htmlOf(page: Page, styleUrl: string): string {
  const { refresh, button, link } = page;
  const fields = Object.entries(button?.fields ?? {});
  return `<!doctype html>
<html lang="${esc(page.lang)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex, nofollow">
${refresh ? `<meta http-equiv="refresh" content="${Math.ceil(refresh.afterSeconds)}">\n` : ''}<title>${esc(page.title)} · ${esc(theme.brand)}</title>
<link rel="stylesheet" href="${esc(styleUrl)}">
<style>${pageCss}</style>
</head>
<body>
<header><span class="sign" aria-hidden="true"></span>${esc(theme.brand)}</header>
<main>
${page.eyebrow ? `<p class="eyebrow">${esc(page.eyebrow)}</p>\n` : ''}<h1>${esc(page.title)}</h1>
<p>${esc(page.text)}</p>
${refresh ? `<progress max="100" value="${Math.round(refresh.progress * 100)}" aria-label="${esc(page.title)}"></progress>\n` : ''}${
  button
    ? `<form method="post">${fields.map(([name, value]) => `<input type="hidden" name="${esc(name)}" value="${esc(value)}">`).join('')}<button>${esc(button.label)}</button></form>\n`
    : ''
}${link ? `<p class="more"><a href="${esc(link.href)}">${esc(link.label)}</a></p>\n` : ''}</main>
</body>
</html>
`;
}

function esc(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
