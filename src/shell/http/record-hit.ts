import { randomUUID } from 'node:crypto';
import { recordEvents } from '../../adapters/postgres/record-events.ts';
import type { Json } from '../../profile/profile.ts';
import type { EventKind } from '../../track/event.ts';
import type { Followed } from './follow-link.ts';
import type { ServerParts } from './parts.ts';

/**
 * Keeps what was done with a link. What only counts people (opens, visits, clicks) needs their consent to be counted;
 * what they told us on purpose (an answer, an unsubscribe) is passed with `isSaid`.
 */
export async function recordHit(
  { db, now }: ServerParts,
  { snapshot, isMachine, counts }: Pick<Followed, 'snapshot' | 'isMachine' | 'counts'>,
  kind: EventKind,
  options: { readonly data?: Readonly<Record<string, Json>>; readonly isSaid?: boolean } = {},
): Promise<void> {
  if (!counts && !options.isSaid) return;
  const at = now().toISOString();
  const event = { key: randomUUID(), snapshotId: snapshot.id, kind, machine: isMachine, at };
  await recordEvents(db, [{ ...event, data: options.data ?? {} }]);
}
