// Enters: the text of senders/<name>.yaml. Leaves: Sender, who a message comes from and who answers for it.
// Never: a message, or a file of its own accord; the DKIM key is handed in.
import { createPrivateKey, type KeyObject } from 'node:crypto';
import { domainToASCII } from 'node:url';
import { z } from 'zod';
import { parseYaml } from '../campaign/parse-yaml.ts';
import { DearlyError } from '../errors.ts';
import { emailAddress } from '../profile/email-address.ts';
import type { DkimKey } from './sign-dkim.ts';

export interface Sender {
  readonly from: { readonly name: string; readonly address: string };
  readonly replyTo: string | null;
  /** Bounces go to an address of this domain, one per message; null sends them to `from`. */
  readonly bounceDomain: string | null;
  /** A signature each: none, an RSA key, or an RSA and an Ed25519 key. */
  readonly dkim: readonly DkimKey[];
  /** What the law wants under a message: who writes, from where. */
  readonly legal: { readonly company: string; readonly lines: readonly string[] };
}

const line = z
  .string()
  .min(1)
  .max(200)
  .regex(/^\P{Cc}*$/u, 'expected one line of text');
const asciiAddress = emailAddress.refine(
  (address) => /^[\x20-\x7e]*(@|$)/.test(address),
  'expected ASCII before the @: not every mail server takes more',
);
const domain = z
  .string()
  .transform((name) => domainToASCII(name))
  .pipe(z.string().regex(/^([a-z0-9-]{1,63}\.)+[a-z0-9-]{2,63}$/, 'expected a domain such as example.com'));

const dkimKey = z.strictObject({
  domain,
  selector: z
    .string()
    .regex(/^[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?$/i, 'expected a DKIM selector such as s2026'),
  /** PEM, relative to the sender's file. */
  key_file: line,
});

export const senderSchema = z.strictObject({
  from: z.strictObject({ name: line, address: asciiAddress }),
  reply_to: asciiAddress.optional(),
  bounce_domain: domain.optional(),
  /** One key, or a list of two where an Ed25519 key signs beside an RSA key. */
  dkim: z.preprocess(
    (it) => (it === undefined || Array.isArray(it) ? it : [it]),
    z.array(dkimKey).min(1).max(2).optional(),
  ),
  legal: z.strictObject({ company: line, lines: z.array(line).min(1).max(8) }),
});

/**
 * @param file names the file in errors
 * @param readKey hands over the PEM text of `dkim.key_file`, a path relative to the sender's file
 * @throws DearlyError `campaign-invalid`, naming file, line and field
 */
export function parseSender(
  text: string,
  file: string,
  readKey: (keyFile: string) => string = refuseKey,
): Sender {
  const it = parseYaml(text, file, senderSchema);
  return {
    from: it.from,
    replyTo: it.reply_to ?? null,
    bounceDomain: it.bounce_domain ?? null,
    dkim: readKeys(it.dkim ?? [], file, readKey),
    legal: it.legal,
  };
}

/** At load and not at the first message: a key that does not work must not stop a campaign half way. */
function readKeys(
  configured: readonly z.infer<typeof dkimKey>[],
  file: string,
  readKey: (keyFile: string) => string,
): DkimKey[] {
  const keys = configured.map(({ domain, selector, key_file }) => ({
    domain,
    selector,
    privateKey: privateKeyOf(readKey(key_file), `${file}: dkim.key_file`),
  }));
  if (keys.length > 0 && !keys.some(({ privateKey }) => privateKey.asymmetricKeyType === 'rsa')) {
    throw unusable(
      `${file}: dkim: expected an RSA key; Ed25519 may sign beside it, but few receivers know it`,
    );
  }
  return keys;
}

/** RFC 8301 §3.2: nobody has to accept RSA below 1,024 bits; 2,048 is what to use. */
function privateKeyOf(pem: string, place: string): KeyObject {
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
  } catch (cause) {
    throw unusable(`${place}: expected a private key in PEM form`, cause);
  }
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key;
  if (type === 'ed25519' || (type === 'rsa' && (details?.modulusLength ?? 0) >= 1024)) return key;
  throw unusable(`${place}: expected an RSA key of 2048 bits, or an Ed25519 key`);
}

function unusable(detail: string, cause?: unknown): DearlyError {
  return new DearlyError('campaign-invalid', 'The DKIM key cannot be used.', { cause, details: [detail] });
}

function refuseKey(keyFile: string): never {
  throw new DearlyError('campaign-invalid', `No DKIM key can be read here, but ${keyFile} is asked for.`);
}
