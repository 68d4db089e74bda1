// Enters: a snapshot, its pack, its links, its sender. Leaves: Email, all that a mail program shows.
// Never: MIME, an address to send to, or a request.
import { DearlyError } from '../errors.ts';
import type { CompiledPack } from '../template/compiled-pack.ts';
import type { Links } from './links.ts';
import { partsOf, rootsOf, type SenderWords, sayOf } from './roots.ts';
import type { Snapshot } from './snapshot.ts';

export interface Email {
  /** One line. */
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  /** The line that mailboxes show after the subject; empty where the pack has none. It is hidden in `html`, too. */
  readonly preheader: string;
}

/** @throws DearlyError `pack-invalid` where the pack has no email; `data-incomplete` where an address must not be linked to */
export function mergeEmail(snapshot: Snapshot, pack: CompiledPack, links: Links, sender: SenderWords): Email {
  const { subject, preheader, email, text } = partsOf(snapshot, pack);
  if (subject === null || email === null || text === null) {
    throw new DearlyError('pack-invalid', `The pack "${pack.name}" has no email.`, {
      details: ['email.mjml, subject.hbs, text.hbs: an email needs all three'],
    });
  }
  const say = sayOf(snapshot, pack);
  const roots = rootsOf(snapshot, links, sender);
  const line = oneLine(preheader?.(roots, say) ?? '');
  const all = { ...roots, preheader: line };
  return {
    subject: oneLine(subject(all, say)),
    html: email(all, say),
    text: tidy(text(all, say)),
    preheader: line,
  };
}

/** Line and paragraph separators of Unicode count as breaks, too. */
function oneLine(text: string): string {
  // Files end with a line break, which is no reason to go through all of them.
  const line = text.trim();
  const isFolded = !/[\s\p{Cc}]{2}|[^\S \u00a0\u202f]|\p{Cc}/u.test(line);
  return isFolded ? line : line.replace(/[\s\p{Cc}]+/gu, foldSpace).trim();
}

/** Amounts keep their non-breaking space. */
function foldSpace(run: string): string {
  return /^[\u00a0\u202f]$/.test(run) ? run : ' ';
}

/** Blocks leave blank lines behind; more than one in a row means nothing. */
function tidy(text: string): string {
  let tidied = text;
  // Looking is much faster than replacing, and most texts are in order.
  if (tidied.includes(' \n') || tidied.includes('\t\n')) tidied = tidied.replace(/[ \t]+$/gm, '');
  if (tidied.includes('\n\n\n')) tidied = tidied.replace(/\n{3,}/g, '\n\n');
  return `${tidied.trim()}\n`;
}
