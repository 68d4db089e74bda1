import { readBounceAddress } from '../deliver/bounce-address.ts';
import { type Fields, readFields } from './report-fields.ts';
import { readToken } from './token.ts';

/** Which of our messages something is about, by what it brought back of it. */
export type About =
  | { readonly rowId: string }
  | { readonly snapshotId: string }
  /** Without angle brackets. A row's id is random: whoever knows it has had the message. */
  | { readonly messageId: string };

/**
 * @param addresses where a signed bounce address may stand: envelope, Return-Path, Original-Mail-From
 * @param original the message, or its headers, as the report brings it back
 */
export function findMessage(
  secrets: readonly Buffer[],
  addresses: readonly string[],
  original: string | null,
): About | null {
  const headers: Fields = (original === null ? undefined : readFields(headOf(original))[0]) ?? new Map();
  for (const address of [...addresses, headers.get('return-path') ?? '']) {
    const rowId = readBounceAddress(secrets, bare(address));
    if (rowId !== null) return { rowId };
  }
  for (const [, token = ''] of (headers.get('list-unsubscribe') ?? '').matchAll(
    /\/u\/([\w-]{46})(?=[>?\s]|$)/g,
  )) {
    const snapshotId = readToken(secrets, token, 'unsubscribe')?.snapshotId;
    if (snapshotId !== undefined) return { snapshotId };
  }
  const messageId = /<([^<>\s@]{1,64}@[^<>\s@]{1,253})>/.exec(headers.get('message-id') ?? '')?.[1];
  return messageId === undefined ? null : { messageId };
}

/** `rfc822; <a@b>` → `a@b` */
function bare(address: string): string {
  return address
    .replace(/^[\w-]+;/, '')
    .replace(/[<>]/g, '')
    .trim();
}

/** Mail programs put an empty line or an mbox line before the headers now and then. */
function headOf(original: string): string {
  return original.slice(0, 64 * 1024).replace(/^(\s*\n)?(From [^\n]*\n)?/, '');
}
