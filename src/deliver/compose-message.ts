// Enters: Email, Sender, Links and whom it goes to. Leaves: Message, bytes ready for a mail server.
// Never: a connection, a file, or a header that profile data could break out of.
import { domainToASCII } from 'node:url';
import DKIM from 'nodemailer/lib/dkim';
import MailComposer from 'nodemailer/lib/mail-composer';
import { DearlyError } from '../errors.ts';
import type { Links } from '../merge/links.ts';
import type { Email } from '../merge/merge-email.ts';
import { emailAddress } from '../profile/email-address.ts';
import type { Sender } from './sender.ts';

export interface Message {
  /** Without angle brackets; the same at every attempt, so that receivers can drop a second copy. */
  readonly id: string;
  readonly envelope: { readonly from: string; readonly to: string };
  /** RFC 5322, signed where the sender has a key. */
  readonly raw: Buffer;
}

export interface Addressing {
  readonly to: { readonly name: string; readonly address: string };
  /** The ledger row's id: names the message, and the address that its bounce comes back to. */
  readonly rowId: string;
  /** For Feedback-ID, by which mailbox providers report complaints. */
  readonly campaign: string;
  readonly at: Date;
}

/** RFC 6376 §5.4 and, for the last two, RFC 8058 §4: nodemailer's own list leaves List-Unsubscribe-Post out. */
const signedHeaders =
  'From:Reply-To:Subject:Date:Message-ID:To:MIME-Version:Content-Type:Auto-Submitted:Feedback-ID:List-Unsubscribe:List-Unsubscribe-Post';

/** @throws DearlyError `not-deliverable` where the address is none */
export async function composeMessage(
  email: Email,
  sender: Sender,
  links: Pick<Links, 'unsubscribe'>,
  { to, rowId, campaign, at }: Addressing,
): Promise<Message> {
  const address = plainAddress(to.address);
  const home = domainOf(sender.from.address);
  const id = messageIdOf(rowId, sender);
  const node = new MailComposer({
    from: sender.from,
    to: { name: oneLine(to.name), address },
    ...(sender.replyTo === null ? {} : { replyTo: sender.replyTo }),
    subject: oneLine(email.subject),
    text: email.text,
    html: email.html,
    messageId: `<${id}>`,
    date: at,
    headers: {
      'List-Unsubscribe': { prepared: true, value: `<${links.unsubscribe}>` },
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      'Feedback-ID': `${slug(campaign)}:dearly:${home}`,
      // RFC 3834: nobody's holiday notice has to answer this.
      'Auto-Submitted': 'auto-generated',
    },
    // From the id, so that a second attempt sends the same bytes.
    baseBoundary: id,
    xMailer: false,
    disableFileAccess: true,
    disableUrlAccess: true,
  }).compile();
  const { dkim } = sender;
  if (dkim !== null) {
    const key = { domainName: dkim.domain, keySelector: dkim.selector, privateKey: dkim.privateKey };
    const signer = new DKIM({ ...key, headerFieldNames: signedHeaders });
    node.processFunc((input) => signer.sign(input));
  }
  const from = sender.bounceDomain === null ? sender.from.address : `bounce+${rowId}@${sender.bounceDomain}`;
  return { id, envelope: { from: withAsciiDomain(from), to: address }, raw: await node.build() };
}

/** The Message-ID of a ledger row, without angle brackets. */
export function messageIdOf(rowId: string, sender: Sender): string {
  return `${rowId}@${domainOf(sender.from.address)}`;
}

/** One mailbox and nothing else: no second recipient, no line break, no SMTP parameter. */
function plainAddress(address: string): string {
  const plain = address.trim();
  if (!emailAddress.safeParse(plain).success) {
    throw new DearlyError('not-deliverable', 'The address is not one that mail can be sent to.');
  }
  return withAsciiDomain(plain);
}

function withAsciiDomain(address: string): string {
  const at = address.lastIndexOf('@');
  const ascii = domainToASCII(address.slice(at + 1));
  if (ascii === '') throw new DearlyError('not-deliverable', 'The address names no domain that can exist.');
  return `${address.slice(0, at)}@${ascii}`;
}

function domainOf(address: string): string {
  return withAsciiDomain(address).slice(address.lastIndexOf('@') + 1);
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}

function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60);
}
