// Enters: Report, a message to one of our addresses, taken apart. Leaves: Bounce, what it says of which message.
// Never: a hard bounce on a guess, a doubt about who may say so (a signed address may), or a person's address.
import { withoutAddresses } from '../deliver/without-addresses.ts';
import { type BounceClass, classOf, statusIn } from './bounce-class.ts';
import { type About, findMessage } from './find-message.ts';
import { type Fields, readFields } from './report-fields.ts';

export interface Report {
  /** Of the envelope: the address that was written to. */
  readonly to: string;
  readonly headers: Fields;
  /** All text parts. */
  readonly text: string;
  /** `message/delivery-status` (RFC 3464); null where there is none. */
  readonly deliveryStatus: string | null;
  /** `message/feedback-report` (RFC 5965). */
  readonly feedback: string | null;
  /** The message it is about, or its headers alone. */
  readonly original: string | null;
}

export interface Bounce {
  /** `ignored`: a holiday notice, a delay that is still being tried, a success, spam. */
  readonly kind: BounceClass | 'complaint' | 'ignored';
  /** Enhanced status code (RFC 3463) where one was said. */
  readonly status: string | null;
  /** For the history: the server's words without addresses. */
  readonly detail: string;
  /** Whether it surely did not reach the mailbox; free text leaves that open. */
  readonly isReturned: boolean;
  /** Null where it brings nothing back that we signed or numbered. */
  readonly about: About | null;
}

/** Feedback types that a person's click on "this is spam" comes as. The others speak of viruses and failed signatures. */
const complaints = new Set(['abuse', 'fraud', 'opt-out', 'opt-out-list']);

export function readBounce(report: Report, secrets: readonly Buffer[]): Bounce {
  return (
    readFeedback(report, secrets) ??
    readDeliveryStatus(report, secrets) ??
    readForwardedComplaint(report, secrets) ??
    readPlainText(report, secrets)
  );
}

function readFeedback(report: Report, secrets: readonly Buffer[]): Bounce | null {
  const fields = report.feedback === null ? undefined : readFields(report.feedback)[0];
  if (fields === undefined) return null;
  const type = (fields.get('feedback-type') ?? '').toLowerCase();
  const about = findMessage(secrets, [report.to, fields.get('original-mail-from') ?? ''], report.original);
  const detail = `feedback: ${/^[a-z-]{1,40}$/.test(type) ? type : 'unnamed'}`;
  return {
    kind: complaints.has(type) ? 'complaint' : 'ignored',
    status: null,
    detail,
    isReturned: false,
    about,
  };
}

function readDeliveryStatus(report: Report, secrets: readonly Buffer[]): Bounce | null {
  if (report.deliveryStatus === null) return null;
  // The first group is about the message, each other one about a recipient (§2.2, §2.3). Our messages have one.
  const recipients = readFields(report.deliveryStatus).filter((it) => it.has('action') || it.has('status'));
  const failed = recipients.find((it) => /^failed\b/i.test(it.get('action') ?? ''));
  const fields = failed ?? recipients[0];
  if (fields === undefined) return null;
  const words = fields.get('diagnostic-code') ?? '';
  const said = statusIn(fields.get('status') ?? '');
  // Gateways that know no better say 5.0.0 and quote the server that did.
  const status = said === null || /^5\.[05]\.0$/.test(said) ? (statusIn(words) ?? said) : said;
  const detail = withoutAddresses(`${status ?? ''} ${words}`);
  const about = findMessage(secrets, [report.to], report.original);
  // Delayed ones are still on their way; delivered, relayed and expanded ones have arrived.
  if (failed === undefined) return { kind: 'ignored', status, detail, isReturned: false, about };
  return { kind: classOf(said, words), status, detail, isReturned: true, about };
}

/** Some providers send what a person marked as spam as it was, to the address that was registered for that and nothing else. */
function readForwardedComplaint(report: Report, secrets: readonly Buffer[]): Bounce | null {
  if (!isComplaintAddress(report.to) || report.original === null) return null;
  const about = findMessage(secrets, [], report.original);
  return { kind: 'complaint', status: null, detail: 'feedback: forwarded', isReturned: false, about };
}

/** `complaints@`: what to register with the feedback loops of mailbox providers. */
export function isComplaintAddress(address: string): boolean {
  return /^complaints@[^@]+$/i.test(address);
}

/** What mail servers of old write. It may be final or not, about the address or not: never more than soft. */
function readPlainText(report: Report, secrets: readonly Buffer[]): Bounce {
  const { headers } = report;
  const about = findMessage(secrets, [report.to], report.original);
  const ignored: Bounce = { kind: 'ignored', status: null, detail: '', isReturned: false, about };
  const subject = headers.get('subject') ?? '';
  const text = report.text.slice(0, 16 * 1024);
  const isFromServer =
    /mailer-daemon|postmaster|mail delivery (sub)?system/i.test(headers.get('from') ?? '') ||
    headers.has('x-failed-recipients');
  // RFC 3834: whoever is on holiday says so from an address of their own.
  if (!isFromServer) return ignored;
  if (/delayed|warning|still (being )?(trying|tried)|will (keep|continue)/i.test(`${subject}\n${text}`))
    return ignored;
  const status = statusIn(text);
  const sentence = text.split('\n').find((line) => /\b[45]\d\d[ -]|[45]\.\d{1,3}\.\d{1,3}/.test(line));
  if (status?.startsWith('2.') || (sentence === undefined && !/fail|undeliver|return/i.test(subject)))
    return ignored;
  return { ...ignored, kind: 'soft', status, detail: withoutAddresses(sentence ?? 'undelivered') };
}
