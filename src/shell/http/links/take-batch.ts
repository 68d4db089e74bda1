import type { FastifyReply } from 'fastify';
import { batchSchema } from '../../../track/event.ts';
import { placeInTime } from '../../../track/place-in-time.ts';
import type { ServerParts } from '../parts.ts';
import type { Followed } from './follow-link.ts';
import { personalHeaders } from './page.ts';

/**
 * Answered once the events are kept, so that the page may forget them. One that says 4xx never will be taken; after anything else
 * the page sends the same again, and each event counts once by its id.
 */
export async function takeBatch(
  parts: ServerParts,
  { snapshot, isMachine, sign, counts }: Followed,
  body: unknown,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const batch = batchSchema.safeParse(body);
  if (!batch.success) return reply.code(400).headers(personalHeaders).send();
  const bounds = { receivedAt: parts.now(), notBefore: new Date(snapshot.madeAt) };
  const about = { snapshotId: snapshot.id, machine: isMachine };
  const events = placeInTime(batch.data, bounds).map(({ event: { id, kind, data }, at }) => {
    return { key: id, ...about, kind, at, data: sign === null ? data : { ...data, sign } };
  });
  if (counts) await parts.intake.take(events);
  return reply.code(204).headers(personalHeaders).send();
}
