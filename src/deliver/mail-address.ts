import { domainToASCII } from 'node:url';
import { DearlyError } from '../errors.ts';
import { emailAddress } from '../profile/email-address.ts';

/**
 * One mailbox and nothing else, as SMTP takes it everywhere: no second recipient, no line break, no parameter; a domain
 * in any script in its ASCII form (IDNA).
 * @throws DearlyError `not-deliverable`, also for letters outside ASCII before the @: they need SMTPUTF8 (RFC 6531) on
 *   every server of the way, and a server that lacks it bounces them
 */
export function mailAddress(text: string): string {
  const plain = text.trim();
  if (!emailAddress.safeParse(plain).success) {
    throw new DearlyError('not-deliverable', 'The address is not one that mail can be sent to.');
  }
  const at = plain.lastIndexOf('@');
  const local = plain.slice(0, at);
  if (/[^\x21-\x7e]/.test(local)) {
    const what = 'The address has letters outside ASCII before the @, which not every mail server takes.';
    throw new DearlyError('not-deliverable', what);
  }
  const domain = domainToASCII(plain.slice(at + 1));
  if (domain === '') throw new DearlyError('not-deliverable', 'The address names no domain that can exist.');
  return `${local}@${domain}`;
}

export function domainOf(address: string): string {
  return mailAddress(address).slice(mailAddress(address).lastIndexOf('@') + 1);
}
