import type { Email } from '../merge/merge-email.ts';
import { type Attachment, writeAttachment } from './attachment.ts';
import { quotedPrintable } from './quoted-printable.ts';

export interface Body {
  /** The value of the message's Content-Type, folded. */
  readonly contentType: string;
  /** What follows the blank line, in the order of the message. Some of them belong to other messages, too. */
  readonly pieces: readonly Buffer[];
}

const textPart = ascii(
  'Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n',
);
const htmlPart = ascii(
  'Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n',
);

/**
 * Text and HTML to choose from, and the attachments after them.
 * @param seed makes the boundaries, so that a second attempt has the same bytes. No body can hold them: what follows
 *   a "=" in quoted-printable is never a "_", and base64 has none of the latter.
 * @param encodeHtml knows how to encode HTML faster where much of it is known already; its bytes are those of `quotedPrintable`
 */
export function composeBody(
  email: Pick<Email, 'text' | 'html'>,
  attachments: readonly Attachment[],
  seed: string,
  encodeHtml: (html: string) => readonly Buffer[],
): Body {
  const choice = joinParts('alternative', `=_a_${seed}`, [
    [textPart, quotedPrintable(email.text)],
    [htmlPart, ...encodeHtml(email.html)],
  ]);
  if (attachments.length === 0) return choice;
  return joinParts('mixed', `=_m_${seed}`, [
    [ascii(`Content-Type: ${choice.contentType}\r\n\r\n`), ...choice.pieces],
    ...attachments.map((it) => [writeAttachment(it)]),
  ]);
}

function joinParts(subtype: string, boundary: string, parts: readonly (readonly Buffer[])[]): Body {
  const between = ascii(`\r\n--${boundary}\r\n`);
  const pieces = parts.flatMap((part, index) => [
    index === 0 ? between.subarray('\r\n'.length) : between,
    ...part,
  ]);
  return {
    contentType: `multipart/${subtype};\r\n boundary="${boundary}"`,
    pieces: [...pieces, ascii(`\r\n--${boundary}--\r\n`)],
  };
}

function ascii(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}
