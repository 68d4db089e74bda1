import { createHash, type KeyObject, sign } from 'node:crypto';
import type { Header } from './header.ts';

export interface DkimKey {
  /** ASCII form; the key's public half stands at `<selector>._domainkey.<domain>`. */
  readonly domain: string;
  readonly selector: string;
  /** RSA, or Ed25519 (RFC 8463) beside it. */
  readonly privateKey: KeyObject;
}

/** RFC 6376 §5.4.1 and, for the unsubscribe headers, RFC 8058 §4. */
const signedNames = [
  'From',
  'Reply-To',
  'To',
  'Subject',
  'Date',
  'Message-ID',
  'MIME-Version',
  'Content-Type',
  'Content-Language',
  'Auto-Submitted',
  'Feedback-ID',
  'List-Unsubscribe',
  'List-Unsubscribe-Post',
];
/** Named once more than they occur: a second one, added on the way, breaks the signature (RFC 6376 §8.15). */
const sealedNames = ['From', 'Reply-To', 'To', 'Subject'];

/**
 * DKIM-Signature headers (RFC 6376, relaxed/relaxed), one per key, ready to stand before the others. The private key
 * works on libuv's thread pool; the same message always gets the same signature.
 * @param body the bytes that follow the blank line, in pieces. They are hashed as they are, so they have to be in relaxed
 *   form (RFC 6376 §3.4.4): no tab, no blanks side by side or at a line's end, and one CRLF at the very end
 */
export async function signDkim(
  headers: readonly Header[],
  body: readonly Uint8Array[],
  keys: readonly DkimKey[],
): Promise<string> {
  if (keys.length === 0) return '';
  const present = new Map(headers);
  const names = signedNames.filter((name) => present.has(name));
  const canonical = names.map((name) => `${relaxHeader([name, present.get(name) ?? ''])}\r\n`).join('');
  const hash = createHash('sha256');
  for (const piece of body) hash.update(piece);
  const bodyHash = hash.digest('base64');
  const list = [...names, ...sealedNames].join(':').replace(/.{50,}?:/g, '$&\r\n ');
  const signed = keys.map(async ({ domain, selector, privateKey }) => {
    const algorithm = privateKey.asymmetricKeyType === 'ed25519' ? 'ed25519-sha256' : 'rsa-sha256';
    const tags = [
      `v=1; a=${algorithm}; c=relaxed/relaxed; d=${domain}; s=${selector};`,
      ` h=${list};`,
      ` bh=${bodyHash};`,
      ' b=',
    ].join('\r\n');
    const header = relaxHeader(['DKIM-Signature', tags]);
    const signature = await signOnPool(Buffer.from(canonical + header, 'latin1'), privateKey);
    return `DKIM-Signature: ${tags}${signature.toString('base64').replace(/.{70}(?=.)/g, '$&\r\n ')}\r\n`;
  });
  return (await Promise.all(signed)).join('');
}

/** Only the form with a callback leaves the main thread. Ed25519 signs the hash, not the text (RFC 8463 §3). */
function signOnPool(data: Buffer, key: KeyObject): Promise<Buffer> {
  const isRsa = key.asymmetricKeyType === 'rsa';
  const [algorithm, input] = isRsa ? ['sha256', data] : [null, createHash('sha256').update(data).digest()];
  return new Promise((resolve, reject) => {
    sign(algorithm, input, key, (error, signature) => (error ? reject(error) : resolve(signature)));
  });
}

/** RFC 6376 §3.4.2 */
function relaxHeader([name, value]: Header): string {
  return `${name.toLowerCase()}:${value
    .replace(/\r\n/g, '')
    .replace(/[ \t]+/g, ' ')
    .trim()}`;
}
