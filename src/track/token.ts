// Enters: a secret, a snapshot's id, what the link is for. Leaves: Token, an address part that only we can make.
// Never: a name, an amount, an expiry. Whether a link still works is the database's to say.
import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';

/** On the wire for as long as links live: a number never changes its meaning. */
const kinds = {
  site: 1,
  video: 2,
  picture: 3,
  click: 4,
  open: 5,
  unsubscribe: 6,
  answer: 7,
  confirm: 8,
  pdf: 9,
  gate: 10,
} as const;
export type LinkKind = keyof typeof kinds;
export const linkKinds = Object.keys(kinds) as LinkKind[];

export interface LinkParts {
  readonly snapshotId: string;
  readonly kind: LinkKind;
  /** Which of several: the place of a click's target. 0 to 255. */
  readonly index: number;
}

/** base64url of snapshot id (16 bytes) ‖ kind (1) ‖ index (1) ‖ MAC (16): 46 characters. */
const payloadBytes = 18;
const macBytes = 16;
const form = /^[A-Za-z0-9_-]{46}$/;

export function signToken(secret: Buffer, { snapshotId, kind, index }: LinkParts): string {
  return signerOf(secret, snapshotId)(kind, index);
}

/** For all the links of one message: what they have in common is written once. */
export function signerOf(secret: Buffer, snapshotId: string): (kind: LinkKind, index?: number) => string {
  const hex = snapshotId.replaceAll('-', '');
  const bytes = Buffer.allocUnsafe(payloadBytes + macBytes);
  if (hex.length !== 32 || bytes.write(hex, 'hex') !== 16) throw new Error('A snapshot id is a UUID.');
  const payload = bytes.subarray(0, payloadBytes);
  return (kind, index = 0) => {
    if (!Number.isInteger(index) || index < 0 || index > 255) throw new Error('A link index is one byte.');
    bytes[16] = kinds[kind];
    bytes[17] = index;
    macOf(secret, payload).copy(bytes, payloadBytes, 0, macBytes);
    return bytes.toString('base64url');
  };
}

/**
 * Null for whatever we did not sign as this kind: malformed, forged and misplaced look alike and cost the same.
 * @param secrets all that links may be signed with: ours, and while it is replaced the one before
 */
export function readToken(secrets: readonly Buffer[], token: string, kind: LinkKind): LinkParts | null {
  const isWellFormed = form.test(token);
  const bytes = isWellFormed ? Buffer.from(token, 'base64url') : Buffer.alloc(payloadBytes + macBytes);
  const payload = bytes.subarray(0, payloadBytes);
  const mac = bytes.subarray(payloadBytes);
  // Every secret is tried, whichever fits: how long it takes tells nothing.
  const isOurs = secrets
    .map((secret) => timingSafeEqual(mac, macOf(secret, payload).subarray(0, macBytes)))
    .includes(true);
  // 46 characters hold four bits more than 34 bytes: other spellings of a token are not the token.
  const isCanonical = bytes.toString('base64url') === token;
  if (!isWellFormed || !isOurs || !isCanonical || payload[16] !== kinds[kind]) return null;
  const hex = payload.toString('hex', 0, 16);
  const snapshotId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return { snapshotId, kind, index: payload[17] ?? 0 };
}

const keys = new WeakMap<Buffer, KeyObject>();

/** Making a key of the secret costs six times as much as one signature, and every message has eight. */
function keyOf(secret: Buffer): KeyObject {
  const key = keys.get(secret) ?? createSecretKey(secret);
  keys.set(secret, key);
  return key;
}

/** 32 bytes, of which a link carries half. The label keeps links apart from everything else the secret signs. */
function macOf(secret: Buffer, payload: Buffer): Buffer {
  return createHmac('sha256', keyOf(secret)).update('dearly/link\0').update(payload).digest();
}
