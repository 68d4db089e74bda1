// Enters: what the demo did. Leaves: what is wrong with it, a line each; nothing when all is well.
// Never: trust in what the demo says of itself; it asks the inbox, the server and a decoder.
import type { DecodedVideo } from '../../../adapters/ffmpeg/decode-video.ts';
import type { AcceptedMessage } from '../../../adapters/postgres/accepted-messages.ts';
import type { Summary } from '../send-run.ts';

export interface Evidence {
  readonly summary: Summary;
  readonly accepted: readonly AcceptedMessage[];
  /** Null where the mail went to a server of the user's own, which cannot be asked. */
  readonly inInbox: readonly string[] | null;
  readonly page: { readonly status: number; readonly html: string; readonly name: string };
  readonly mp4: DecodedVideo;
}

/** How many of the accepted messages lie in the inbox exactly once. */
export function countDelivered(accepted: readonly AcceptedMessage[], inInbox: readonly string[]): number {
  const copies = new Map<string, number>();
  for (const id of inInbox) copies.set(id, (copies.get(id) ?? 0) + 1);
  return accepted.filter(({ messageId }) => copies.get(messageId) === 1).length;
}

export function findFaults({ summary, accepted, inInbox, page, mp4 }: Evidence): string[] {
  const faults: string[] = [];
  const skipped = Object.values(summary.skipped).reduce((sum, count) => sum + count, 0);
  if (summary.accepted + skipped + summary.failed !== summary.profiles) {
    faults.push(
      `${summary.profiles} profiles, but ${summary.accepted} + ${skipped} + ${summary.failed} rows that ended`,
    );
  }
  if (summary.failed > 0) faults.push(`${summary.failed} messages failed`);
  if (accepted.length !== summary.accepted)
    faults.push(`${accepted.length} accepted rows, not ${summary.accepted}`);
  if (inInbox !== null) {
    const delivered = countDelivered(accepted, inInbox);
    if (delivered !== summary.accepted) {
      faults.push(`${delivered} of ${summary.accepted} accepted messages lie in the inbox exactly once`);
    }
    if (inInbox.length !== summary.accepted) {
      faults.push(`the inbox holds ${inInbox.length} messages, not ${summary.accepted}`);
    }
  }
  if (page.status !== 200) faults.push(`the page answered ${page.status}`);
  else if (!page.html.includes(page.name)) faults.push('the page does not know whose it is');
  for (const message of mp4.messages) faults.push(`the video does not decode cleanly: ${message}`);
  if (mp4.seconds < 20 || mp4.seconds > 30) faults.push(`the video lasts ${mp4.seconds} s, not 20 to 30`);
  return faults;
}
