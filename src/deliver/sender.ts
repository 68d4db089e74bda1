// Enters: the text of senders/<name>.yaml. Leaves: Sender, who a message comes from and who answers for it.
// Never: a message, or a file of its own accord; the DKIM key is handed in.
import { createPrivateKey } from 'node:crypto';
import { domainToASCII } from 'node:url';
import { z } from 'zod';
import { parseYaml } from '../campaign/parse-yaml.ts';
import { DearlyError } from '../errors.ts';
import { emailAddress } from '../profile/email-address.ts';

export interface Sender {
  readonly from: { readonly name: string; readonly address: string };
  readonly replyTo: string | null;
  /** Bounces go to an address of this domain, one per message; null sends them to `from`. */
  readonly bounceDomain: string | null;
  readonly dkim: { readonly domain: string; readonly selector: string; readonly privateKey: string } | null;
  /** What the law wants under a message: who writes, from where. */
  readonly legal: { readonly company: string; readonly lines: readonly string[] };
}

const line = z
  .string()
  .min(1)
  .max(200)
  .regex(/^\P{Cc}*$/u, 'expected one line of text');
const domain = z
  .string()
  .transform((name) => domainToASCII(name))
  .pipe(z.string().regex(/^([a-z0-9-]{1,63}\.)+[a-z0-9-]{2,63}$/, 'expected a domain such as example.com'));

export const senderSchema = z.strictObject({
  from: z.strictObject({ name: line, address: emailAddress }),
  reply_to: emailAddress.optional(),
  bounce_domain: domain.optional(),
  dkim: z
    .strictObject({
      domain,
      selector: z
        .string()
        .regex(/^[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?$/i, 'expected a DKIM selector such as s2026'),
      /** PEM, relative to the sender's file. */
      key_file: line,
    })
    .optional(),
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
    dkim: it.dkim
      ? {
          domain: it.dkim.domain,
          selector: it.dkim.selector,
          privateKey: checkedKey(readKey(it.dkim.key_file), `${file}: dkim.key_file`),
        }
      : null,
    legal: it.legal,
  };
}

/** At load and not at the first message: a key that does not work must not stop a campaign half way. */
function checkedKey(pem: string, place: string): string {
  try {
    createPrivateKey(pem);
    return pem;
  } catch (cause) {
    const details = [`${place}: expected a private key in PEM form`];
    throw new DearlyError('campaign-invalid', 'The DKIM key cannot be used.', { cause, details });
  }
}

function refuseKey(keyFile: string): never {
  throw new DearlyError('campaign-invalid', `No DKIM key can be read here, but ${keyFile} is asked for.`);
}
