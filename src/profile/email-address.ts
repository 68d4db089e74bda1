import { domainToASCII } from 'node:url';
import { z } from 'zod';

// Letters of every script may stand before the @ (RFC 6531), but nothing that an address list or a header could be cut at.
const localPart = /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u;

/** One bare address, no display name, no list. Domains in any script, checked in their ASCII form (IDNA). */
export const emailAddress = z.string().refine(isAddress, 'expected an email address such as ada@example.org');

function isAddress(text: string): boolean {
  const at = text.lastIndexOf('@');
  const local = text.slice(0, Math.max(at, 0));
  const domain = text.slice(at + 1);
  if (at < 1 || new TextEncoder().encode(local).length > 64 || text.length > 254) return false;
  // domainToASCII strips and folds a lot; only what it leaves the same length of labels for may pass as it was written.
  if (/[^\p{L}\p{M}\p{N}.-]/u.test(domain)) return false;
  return (
    localPart.test(local) && z.regexes.domain.test(domainToASCII(domain).replace(/\.xn--[a-z0-9-]+$/, '.idn'))
  );
}
