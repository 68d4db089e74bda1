// Standard Webhooks 1.0, symmetric: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** What is signed: the very bytes of the body, with the event's id and the time of this try. */
export interface Signed {
  /** `webhook-id`: the same for every try of an event. */
  readonly id: string;
  /** `webhook-timestamp`: seconds since 1970. */
  readonly timestamp: number;
  readonly body: Uint8Array | string;
}

/** Either side's clock may be off by so much; what is older was recorded and is played again. */
export const toleranceSeconds = 300;

/** `whsec_` and 32 random bytes in base64. */
export function makeSigningSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`;
}

/** A signature for each secret: while one is replaced, whoever knows either can check. */
export function sign(signed: Signed, secrets: readonly string[]): string {
  return secrets.map((secret) => `v1,${mac(signed, secret).toString('base64')}`).join(' ');
}

/**
 * Whether one of the header's signatures was made with one of the secrets, lately. Every secret is tried on every
 * signature, and each takes the same time.
 */
export function isSigned(
  signed: Signed,
  header: string,
  secrets: readonly string[],
  nowSeconds: number,
): boolean {
  const shown = header
    .split(' ', 16)
    .flatMap((part) => (part.startsWith('v1,') ? [Buffer.from(part.slice(3), 'base64')] : []));
  let isOurs = false;
  for (const secret of secrets) {
    const due = mac(signed, secret);
    for (const one of shown) if (one.length === due.length && timingSafeEqual(one, due)) isOurs = true;
  }
  return isOurs && Math.abs(nowSeconds - signed.timestamp) <= toleranceSeconds;
}

function mac({ id, timestamp, body }: Signed, secret: string): Buffer {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  return createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest();
}
