// Enters: a ledger row's id and the domain that takes bounces. Leaves: the address its bounce comes back to, and the id again.
// Never: a person's data, or an id that we did not sign: anybody may write to the address of a bounce.
import { createHmac, timingSafeEqual } from 'node:crypto';

/** id (16 bytes) ‖ MAC (9): 40 digits of base 32, and no bit left over that a second spelling could hide in. */
const idBytes = 16;
const macBytes = 9;
const digits = 40;
const prefix = 'bounce';
const form = new RegExp(`^${prefix}([0-9a-v]{${digits}})$`);

/**
 * `bounce<40 letters and digits>@domain`: 46 characters before the @ of the 64 that RFC 5321 allows, lower case, because
 * mail servers on the way may change the case, and no `+` or `=`, which some of them cut at (VERP).
 */
export function bounceAddressOf(secret: Buffer, rowId: string, domain: string): string {
  const id = Buffer.from(rowId.replaceAll('-', ''), 'hex');
  if (id.length !== idBytes) throw new Error('A row id is a UUID.');
  const bytes = Buffer.concat([id, macOf(secret, id)]);
  const text = BigInt(`0x${bytes.toString('hex')}`)
    .toString(32)
    .padStart(digits, '0');
  return `${prefix}${text}@${domain}`;
}

/** The row's id; null for whatever none of these signed. The domain is not looked at: a sender may have moved. */
export function readBounceAddress(secrets: readonly Buffer[], address: string): string | null {
  const local = address.slice(0, Math.max(0, address.lastIndexOf('@'))).toLowerCase();
  const text = form.exec(local)?.[1];
  if (text === undefined) return null;
  const number = [...text].reduce((sum, digit) => sum * 32n + BigInt(Number.parseInt(digit, 32)), 0n);
  const bytes = Buffer.from(number.toString(16).padStart((idBytes + macBytes) * 2, '0'), 'hex');
  const id = bytes.subarray(0, idBytes);
  const mac = bytes.subarray(idBytes);
  if (!secrets.map((secret) => timingSafeEqual(mac, macOf(secret, id))).includes(true)) return null;
  return id.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function macOf(secret: Buffer, id: Buffer): Buffer {
  return createHmac('sha256', secret).update('dearly/bounce\0').update(id).digest().subarray(0, macBytes);
}
