// Enters: a snapshot, its pack, its links. Leaves: PrintPage, the recipient's page as a document of sheets: HTML, its style, its pictures.
// Never: a script, a form, a player, or an address that drawing it would have to ask.
import Handlebars from 'handlebars';
import { DearlyError } from '../../errors.ts';
import type { CompiledPack } from '../../template/compiled-pack.ts';
import type { Links } from '../links.ts';
import { directionOf, partsOf, rootsOf, type SenderWords, sayOf } from '../roots.ts';
import type { Snapshot } from '../snapshot.ts';
import { footerCss, type PageCount } from './footer-css.ts';
import { onPaper, type PrintPicture } from './on-paper.ts';
import { printCss } from './print-css.ts';

export interface PrintPage {
  /** Whole; asks for `page.css` and `picture/<name>.jpg`, as if they stood beside it. */
  readonly html: string;
  readonly css: string;
  readonly pictures: readonly PrintPicture[];
}

export interface PrintParts {
  readonly links: Links;
  readonly sender: SenderWords;
}

/** @throws DearlyError `pack-missing` where the pack has no page */
export function mergePrint(snapshot: Snapshot, pack: CompiledPack, { links, sender }: PrintParts): PrintPage {
  const { site } = partsOf(snapshot, pack);
  if (site === null) throw new DearlyError('pack-missing', `The pack "${pack.name}" has no page.`);
  const { lang } = snapshot;
  const roots = { ...rootsOf(snapshot, links, sender), answered: '' };
  const { body, pictures } = onPaper(site(roots, sayOf(snapshot, pack)), links);
  const title = `${titleOf(snapshot, pack, sender)} · ${sender.from.name}`;
  const html = `<!doctype html>
<html lang="${escapeHtml(lang)}" dir="${directionOf(lang)}">
<head>
<meta charset="utf-8">
<title>${escapeHtml(title)}</title>
<link rel="stylesheet" href="page.css">
</head>
<body>
${body.trim()}
</body>
</html>
`;
  const css = [pack.css, printCss, footerCss(title, pageCount(snapshot, pack)), pack.printCss];
  return { html, css: css.join('\n'), pictures };
}

/** What the document is called where it is kept: the page's title, without an ending. */
export function titleOf(snapshot: Snapshot, pack: CompiledPack, sender: SenderWords): string {
  return pack.messages[snapshot.lang]?.['page.title'] ?? sender.from.name;
}

/** "Page 1 of 3" where the pack has words for it (`pdf.page` with {page} and {pages}), "1 / 3" otherwise. */
function pageCount(snapshot: Snapshot, pack: CompiledPack): PageCount {
  const has = pack.messages[snapshot.lang]?.['pdf.page'] !== undefined;
  if (!has) return (page, pages) => `${page} / ${pages}`;
  const say = sayOf(snapshot, pack);
  return (page, pages) => say.t('pdf.page', { page, pages });
}

function escapeHtml(text: string): string {
  return Handlebars.escapeExpression(text);
}
