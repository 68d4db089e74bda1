// The small pages that stand between a recipient and nothing: one sheet, one sentence, at most one button.
import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import Handlebars from 'handlebars';
import { theme } from '../../../../templates/theme.ts';
import type { Snapshot } from '../../../merge/snapshot.ts';
import type { SiteAssets } from '../parts.ts';
import { pageCss } from './page-css.ts';

export interface Page {
  /** BCP 47. */
  readonly lang: string;
  readonly title: string;
  readonly text: string;
  /** Above the title, small. */
  readonly eyebrow?: string;
  /** One line to fill in, named by the title; `wrong` says why it is asked again. */
  readonly question?: { readonly action: string; readonly name: string; readonly wrong?: string };
  /** A form that posts to where the page stands, or where the question says. */
  readonly button?: { readonly label: string };
  /** Boxes of that form, empty at first; each posts `yes=<value>` when it is ticked. */
  readonly choices?: readonly { readonly value: string; readonly label: string }[];
  /** Below the button, small. */
  readonly note?: string;
  readonly link?: { readonly label: string; readonly href: string };
  /** Loads itself again; shows a bar, `progress` 0 to 1. */
  readonly refresh?: { readonly afterSeconds: number; readonly progress: number };
}

const safe = Handlebars.escapeExpression;
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
    .send(pageHtml(page, styleUrl));
}

/** For whatever was made for one person: kept by nobody on the way, found by no search engine. */
export const personalHeaders = {
  'cache-control': 'private, no-store',
  'x-robots-tag': 'noindex, nofollow, noarchive',
} as const;

/** How long a browser may keep what never changes: of a gated message not at all, for the gate asks again. */
export function keptBy({ gate }: Pick<Snapshot, 'gate'>, forDay: string): string {
  return gate === undefined ? forDay : personalHeaders['cache-control'];
}

export const closedDoors = "base-uri 'none'; frame-ancestors 'none'";

export function pageHtml(page: Page, styleUrl: string): string {
  const { lang, title, text, eyebrow, question, button, choices = [], note, link, refresh } = page;
  const boxes = choices.map(
    (it) =>
      `<label><input type="checkbox" name="yes" value="${safe(it.value)}"><span>${safe(it.label)}</span></label>`,
  );
  const parts = [
    eyebrow && `<p class="eyebrow">${safe(eyebrow)}</p>`,
    `<h1${question ? ' id="title"' : ''}>${safe(title)}</h1>`,
    `<p class="lead"${question ? ' id="text"' : ''}>${safe(text)}</p>`,
    refresh &&
      `<progress max="100" value="${Math.round(refresh.progress * 100)}" aria-label="${safe(title)}"></progress>`,
    button &&
      `<form method="post"${question ? ` action="${safe(question.action)}"` : ''}>${question ? fieldOf(question) : ''}${boxes.join('')}<button>${safe(button.label)}</button></form>`,
    note && `<p class="note">${safe(note)}</p>`,
    link && `<p class="more"><a href="${safe(link.href)}">${safe(link.label)}</a></p>`,
  ];
  return `<!doctype html>
<html lang="${safe(lang)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="dark">
<meta name="robots" content="noindex, nofollow">
${refresh ? `<meta http-equiv="refresh" content="${Math.ceil(refresh.afterSeconds)}">\n` : ''}<title>${safe(title)} · ${safe(theme.brand)}</title>
<link rel="stylesheet" href="${safe(styleUrl)}">
<style>${pageCss}</style>
</head>
<body>
<header>${mark}<span>${safe(theme.brand)}</span></header>
<main>
${parts.filter(Boolean).join('\n')}
</main>
</body>
</html>
`;
}

/** Named and described by what stands above it, so that it is said once. */
function fieldOf({ name, wrong }: NonNullable<Page['question']>): string {
  const described = wrong === undefined ? 'text' : 'wrong text';
  const state = wrong === undefined ? '' : ' aria-invalid="true"';
  return (
    (wrong === undefined ? '' : `<p class="wrong" id="wrong" role="alert">${safe(wrong)}</p>`) +
    `<input class="answer" name="${safe(name)}" required maxlength="200" autocomplete="off" autocapitalize="off" spellcheck="false" autofocus aria-labelledby="title" aria-describedby="${described}"${state}>`
  );
}

/** The brand's star over the horizon, as on the page. */
const mark =
  '<svg viewBox="0 0 34 34" aria-hidden="true"><path d="M17 3l1.9 7.1L26 12l-7.1 1.9L17 21l-1.9-7.1L8 12l7.1-1.9z"/>' +
  '<path class="rise" d="M4 29c4.2-5.6 8.6-7.6 13-7.6S25.8 23.4 30 29"/></svg>';
