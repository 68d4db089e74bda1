import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ArtefactStore } from '../../../render/artefact-store.ts';
import { parseRange } from './parse-range.ts';

export interface Stored {
  readonly key: string;
  readonly sizeBytes: number;
  readonly contentType: string;
}

/**
 * Streams what storage holds: whole, one range of it (RFC 9110 §14), or nothing where the caller has it already. A key
 * names its content, so it makes a strong ETag.
 */
export async function sendArtefact(
  store: ArtefactStore,
  { key, sizeBytes, contentType }: Stored,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const etag = `"${key.replace(/[^\w.-]+/g, '-')}"`;
  reply.headers({ etag, 'accept-ranges': 'bytes', 'content-type': contentType });
  if (listed(request.headers['if-none-match'], etag)) return reply.code(304).send();
  const ifRange = request.headers['if-range'];
  const asked = ifRange === undefined || ifRange === etag ? request.headers.range : undefined;
  const range = request.method === 'GET' ? parseRange(asked, sizeBytes) : null;
  if (range === 'unsatisfiable') {
    return reply.code(416).header('content-range', `bytes */${sizeBytes}`).type('text/plain').send('');
  }
  if (range !== null)
    reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${sizeBytes}`);
  reply.header('content-length', range === null ? sizeBytes : range.end - range.start + 1);
  // Fastify writes the length of what it sends to a HEAD; from an empty stream it cannot tell one, and leaves ours.
  if (request.method === 'HEAD') return reply.send(Readable.from([]));
  return reply.send(await store.read(key, range ?? undefined));
}

function listed(header: string | undefined, etag: string): boolean {
  return (header ?? '').split(',').some((it) => ['*', etag, `W/${etag}`].includes(it.trim()));
}
