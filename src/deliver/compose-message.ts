// Enters: Email, Sender, Links and whom it goes to. Leaves: Message, bytes ready for a mail server.
// Never: a connection, a file, or a header that profile data could break out of.
import { createHash } from 'node:crypto';
import type { Links } from '../merge/links.ts';
import type { Email } from '../merge/merge-email.ts';
import type { Attachment } from './attachment.ts';
import { bounceAddressOf } from './bounce-address.ts';
import { composeBody } from './compose-body.ts';
import { createAlikeEncoder } from './encode-alike.ts';
import { type Header, mailboxHeader, oneLine, textHeader, writeHeaders } from './header.ts';
import { domainOf, mailAddress } from './mail-address.ts';
import type { Sender } from './sender.ts';
import { signDkim } from './sign-dkim.ts';

export interface Message {
  /** Without angle brackets; the same at every attempt, so that receivers can drop a second copy. */
  readonly id: string;
  readonly envelope: { readonly from: string; readonly to: string };
  /**
   * RFC 5322, signed where the sender has a key, in pieces that follow each other; some belong to other messages, too.
   * ASCII in lines that end in CRLF, the last one too, and none starts with a dot: SMTP's DATA takes it as it is.
   */
  readonly pieces: readonly Buffer[];
}

export interface Addressing {
  readonly to: { readonly name: string; readonly address: string };
  /** The ledger row's id: names the message, and the address that its bounce comes back to. */
  readonly rowId: string;
  /** Signs that address. */
  readonly secret: Buffer;
  /** For Feedback-ID, by which mailbox providers report complaints. */
  readonly campaign: string;
  /** BCP 47, of the words in it. */
  readonly lang: string;
  readonly at: Date;
}

/** @throws DearlyError `not-deliverable` where the address is none */
export async function composeMessage(
  email: Email,
  sender: Sender,
  links: Pick<Links, 'unsubscribe'>,
  { to, rowId, secret, campaign, lang, at }: Addressing,
  attachments: readonly Attachment[] = [],
): Promise<Message> {
  const address = mailAddress(to.address);
  const paper = letterheadOf(sender);
  const id = messageIdOf(rowId, sender);
  const body = composeBody(email, attachments, rowId, paper.encoderFor(campaign, lang));
  const headers: Header[] = [
    ...paper.headers,
    mailboxHeader('To', { name: to.name, address }),
    textHeader('Subject', email.subject),
    ['Date', at.toUTCString().replace('GMT', '+0000')],
    ['Message-ID', `<${id}>`],
    ['Content-Language', oneLine(lang)],
    ['Feedback-ID', `${slug(campaign)}:${slug(lang)}:dearly:${paper.feedbackSender}`],
    ['List-Unsubscribe', `<${new URL(links.unsubscribe).href}>`],
    ['Content-Type', body.contentType],
  ];
  const signatures = await signDkim(headers, body.pieces, sender.dkim);
  const top = Buffer.from(`${signatures}${writeHeaders(headers)}\r\n`, 'latin1');
  const bounces =
    sender.bounceDomain === null ? paper.address : bounceAddressOf(secret, rowId, sender.bounceDomain);
  return { id, envelope: { from: bounces, to: address }, pieces: [top, ...body.pieces] };
}

/** The Message-ID of a ledger row, without angle brackets. */
export function messageIdOf(rowId: string, sender: Sender): string {
  return `${rowId}@${letterheadOf(sender).domain}`;
}

interface Letterhead {
  readonly address: string;
  readonly domain: string;
  /** What Gmail wants last in Feedback-ID: 5 to 15 characters, the same in all that comes from one sender, and nobody else's. */
  readonly feedbackSender: string;
  readonly headers: readonly Header[];
  /** One for all that is alike: what a campaign says in a language. */
  readonly encoderFor: (campaign: string, lang: string) => (html: string) => Buffer[];
}

const letterheads = new WeakMap<Sender, Letterhead>();

/** What all messages of a sender share, encoded once. */
function letterheadOf(sender: Sender): Letterhead {
  const known = letterheads.get(sender);
  if (known !== undefined) return known;
  const address = mailAddress(sender.from.address);
  const domain = domainOf(address);
  const digest = createHash('sha256').update(domain).digest('hex');
  const made: Letterhead = {
    address,
    domain,
    feedbackSender: `${slug(domain).slice(0, 8)}-${digest.slice(0, 6)}`,
    headers: [
      mailboxHeader('From', { name: sender.from.name, address }),
      ...(sender.replyTo === null ? [] : [['Reply-To', mailAddress(sender.replyTo)] as const]),
      ['MIME-Version', '1.0'],
      // RFC 3834: nobody's holiday notice has to answer this.
      ['Auto-Submitted', 'auto-generated'],
      ['List-Unsubscribe-Post', 'List-Unsubscribe=One-Click'],
    ],
    encoderFor: keepEncoders(),
  };
  letterheads.set(sender, made);
  return made;
}

/** Each keeps two documents and what they share; a sender with many campaigns starts afresh now and then. */
const mostEncoders = 32;

function keepEncoders(): Letterhead['encoderFor'] {
  const kept = new Map<string, (html: string) => Buffer[]>();
  return (campaign, lang) => {
    const key = `${lang} ${campaign}`;
    const known = kept.get(key);
    if (known !== undefined) return known;
    if (kept.size >= mostEncoders) kept.clear();
    const made = createAlikeEncoder();
    kept.set(key, made);
    return made;
  };
}

function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60);
}
