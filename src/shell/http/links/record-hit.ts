import { randomUUID } from 'node:crypto';
import type { Json } from '../../../profile/profile.ts';
import type { EventKind } from '../../../track/event.ts';
import type { ServerParts } from '../parts.ts';
import type { Followed } from './follow-link.ts';

type Hit = Pick<Followed, 'snapshot' | 'isMachine' | 'counts'> & Partial<Pick<Followed, 'sign'>>;

/**
 * Keeps what was done with a link. What only counts people (opens, visits, clicks) needs their consent to be counted;
 * what they told us on purpose (an answer, an unsubscribe) is passed with `isSaid`.
 */
export async function recordHit(
  { intake, now }: Pick<ServerParts, 'intake' | 'now'>,
  { snapshot, isMachine, sign = null, counts }: Hit,
  kind: EventKind,
  options: { readonly data?: Readonly<Record<string, Json>>; readonly isSaid?: boolean } = {},
): Promise<void> {
  if (!counts && !options.isSaid) return;
  const at = now().toISOString();
  const event = { key: randomUUID(), snapshotId: snapshot.id, kind, machine: isMachine, at };
  const data = { ...options.data, ...(isMachine && sign !== null && { sign }) };
  await intake.take([{ ...event, data }]);
}
