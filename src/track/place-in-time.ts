import type { Batch } from './event.ts';

interface Bounds {
  /** When the batch came in, by our clock. */
  readonly receivedAt: Date;
  /** When the page could be seen at the earliest: the snapshot's moment. */
  readonly notBefore: Date;
}

/**
 * The events of a batch in the order in which they happened, each with its time by our clock: the moment the batch came
 * in, less what passed on the recipient's clock between the event and the sending. So a clock that is years off does not
 * matter, and what was resent an hour later keeps its place. Never in the future, never before the page was made, never
 * before the event ahead of it.
 */
export function placeInTime(
  { events, sentAt }: Batch,
  { receivedAt, notBefore }: Bounds,
): { readonly event: Batch['events'][number]; readonly at: string }[] {
  const now = receivedAt.getTime();
  let last = Math.min(notBefore.getTime(), now);
  return events
    .map((event, place) => ({ event, order: event.seq ?? place }))
    .sort((a, b) => a.order - b.order)
    .map(({ event }) => {
      const isTimed = sentAt !== undefined && event.at !== undefined;
      const agoMs = isTimed ? Math.max(0, Date.parse(sentAt) - Date.parse(event.at ?? sentAt)) : 0;
      last = Math.min(now, Math.max(last, now - agoMs));
      return { event, at: new Date(last).toISOString() };
    });
}
