import { type Header, oneLine, writeHeaders } from './header.ts';

/** A file that goes with one person's message. Off unless a pack asks for it: mail programs distrust attachments. */
export interface Attachment {
  /** What the recipient's mail program offers to save it as. Folders and marks in it are taken out. */
  readonly filename: string;
  /** `type/subtype`; anything else is sent as bytes of no known type. */
  readonly contentType: string;
  readonly content: Uint8Array;
}

/** The body part of one attachment, headers included. */
export function writeAttachment({ filename, contentType, content }: Attachment): Buffer {
  const headers: Header[] = [
    ['Content-Type', safeType(contentType)],
    ['Content-Disposition', `attachment${filenameParameters(safeName(filename))}`],
    ['Content-Transfer-Encoding', 'base64'],
  ];
  const base64 = Buffer.from(content.buffer, content.byteOffset, content.byteLength).toString('base64');
  const lines = base64.replace(/.{76}(?=.)/g, '$&\r\n');
  return Buffer.from(`${writeHeaders(headers)}\r\n${lines}`, 'latin1');
}

/** Whole messages and multiparts may not be base64 (RFC 2046 §5); a parameter would be somebody else's to escape. */
function safeType(contentType: string): string {
  const isPlain = /^[a-z0-9]+\/[a-z0-9][a-z0-9.+-]*$/i.test(contentType);
  return isPlain && !/^(message|multipart)\//i.test(contentType) ? contentType : 'application/octet-stream';
}

/** A bare file name: no folder, no leading dot, nothing that reads backwards ("gpj.exe"), at most 120 characters. */
export function safeName(filename: string): string {
  const last = oneLine(filename.toWellFormed()).split(/[/\\]/).at(-1) ?? '';
  const bare = last
    .replace(/[\p{Bidi_Control}\p{Co}\p{Cn}\ufeff]/gu, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/^[.\s]+|[.\s]+$/g, '');
  const chars = [...bare];
  if (chars.length <= 120) return bare || 'attachment';
  const ending = /\.[a-z0-9]{1,10}$/i.exec(bare)?.[0] ?? '';
  return chars.slice(0, 120 - ending.length).join('') + ending;
}

/**
 * RFC 2231: a short ASCII name as it is; else UTF-8, percent-encoded, in numbered pieces where it is long. Also where two
 * blanks stand side by side: DKIM's relaxed form knows only one, and the body is signed as it is.
 */
function filenameParameters(name: string): string {
  if (/^[\w .()+,-]{1,50}$/.test(name) && !name.includes('  ')) return `;\r\n filename="${name}"`;
  const encoded = encodeURIComponent(name).replace(/[!'()*]/g, percent);
  const pieces = encoded.match(/(?:%..|.){1,18}/g) ?? [];
  if (pieces.length === 1) return `;\r\n filename*=utf-8''${encoded}`;
  return pieces
    .map((piece, index) => `;\r\n filename*${index}*=${index === 0 ? "utf-8''" : ''}${piece}`)
    .join('');
}

function percent(char: string): string {
  return `%${char.charCodeAt(0).toString(16).toUpperCase()}`;
}
