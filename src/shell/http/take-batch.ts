import type { FastifyReply } from 'fastify';
import { recordEvents } from '../../adapters/postgres/record-events.ts';
import { batchSchema } from '../../track/event.ts';
import type { Followed } from './follow-link.ts';
import { personalHeaders } from './page.ts';
import type { ServerParts } from './parts.ts';

/** `sendBeacon` reads no answer, so a batch that is none is dropped with a status and no more. */
export async function takeBatch(
  parts: ServerParts,
  { snapshot, isMachine, counts }: Followed,
  body: unknown,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const batch = batchSchema.safeParse(body);
  if (!batch.success) return reply.code(400).headers(personalHeaders).send();
  const at = parts.now().toISOString();
  const events = batch.data.events.map(({ id, kind, data }) => {
    return { key: id, snapshotId: snapshot.id, kind, machine: isMachine, at, data };
  });
  if (counts) await recordEvents(parts.db, events);
  return reply.code(204).headers(personalHeaders).send();
}
