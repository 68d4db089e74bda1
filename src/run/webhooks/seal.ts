import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { DearlyError } from '../../errors.ts';

const ivBytes = 12;
const tagBytes = 16;

/**
 * A secret as it may stand in the database: AES-256-GCM under a key derived from ours, bound to the row it is for. Signing
 * secrets must be read again to sign with them, so a hash, as API keys have, cannot do.
 */
export function seal(secret: Buffer, row: string, text: string): Buffer {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', keyOf(secret), iv).setAAD(Buffer.from(row));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
}

/**
 * @param secrets what it may be sealed with: ours, and while it is replaced the one before
 * @throws DearlyError `secret-unreadable` where it was sealed for another row or by another house
 */
export function unseal(secrets: readonly Buffer[], row: string, sealed: Buffer): string {
  for (const secret of secrets) {
    const text = openWith(secret, row, sealed);
    if (text !== null) return text;
  }
  throw new DearlyError('secret-unreadable', `The secret of ${row} cannot be opened.`, {
    details: [
      'None of the secrets here is the one that sealed it: DEARLY_SECRET, DEARLY_SECRET_PREVIOUS, or those of the data folder.',
    ],
  });
}

function openWith(secret: Buffer, row: string, sealed: Buffer): string | null {
  const iv = sealed.subarray(0, ivBytes);
  const tag = sealed.subarray(ivBytes, ivBytes + tagBytes);
  try {
    const decipher = createDecipheriv('aes-256-gcm', keyOf(secret), iv, { authTagLength: tagBytes })
      .setAAD(Buffer.from(row))
      .setAuthTag(tag);
    const text = Buffer.concat([decipher.update(sealed.subarray(ivBytes + tagBytes)), decipher.final()]);
    return text.toString('utf8');
  } catch {
    // Whatever is wrong with it, the tag does not fit, and there is no more to be known.
    return null;
  }
}

function keyOf(secret: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', 'dearly/signing-secrets', 32));
}
