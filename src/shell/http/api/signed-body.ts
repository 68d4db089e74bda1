import type { FastifyInstance, FastifyRequest } from 'fastify';
import { triggerSecrets } from '../../../adapters/postgres/webhooks/triggers.ts';
import { DearlyError } from '../../../errors.ts';
import { isSigned, makeSigningSecret } from '../../../run/webhooks/signature.ts';
import { requireKey } from '../api-key.ts';
import type { ServerParts } from '../parts.ts';

/** Tried where there is no such trigger, so that a wrong signature takes as long as one for nothing. */
const nobodys = makeSigningSecret();

/** Bodies of this scope's routes stay bytes until somebody has looked at who sent them: a signature is over the bytes. */
export function keepBytes(app: FastifyInstance, bodyLimit: number): void {
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer', bodyLimit },
    async (_: FastifyRequest, body: Buffer) => body,
  );
}

/**
 * Lets in who signed the bytes with the trigger's secret (Standard Webhooks), or shows an API key of the scope `triggers`.
 * A trigger that is not there and a signature that is not right look the same.
 * @returns the event's id. A signed one is under the signature; an Idempotency-Key counts only beside an API key.
 * @throws DearlyError `signature-denied`, `key-denied`, `scope-denied`, `request-invalid`
 */
export async function admitEvent(
  { db, secrets: houses, now }: Pick<ServerParts, 'db' | 'secrets' | 'now'>,
  request: FastifyRequest,
  trigger: string,
  bytes: Buffer,
): Promise<string> {
  const { headers } = request;
  const id = textOf(headers['webhook-id']);
  const signature = headers['webhook-signature'];
  if (signature === undefined) {
    await requireKey(db, request, 'triggers');
    return assertId(id || textOf(headers['idempotency-key']));
  }
  const timestamp = textOf(headers['webhook-timestamp']);
  const secrets = await triggerSecrets(db, houses, trigger, now());
  const signed = { id, timestamp: /^\d{1,12}$/.test(timestamp) ? Number(timestamp) : 0, body: bytes };
  const tried = secrets.length > 0 ? secrets : [nobodys];
  const isOurs = isSigned(signed, textOf(signature), tried, now().getTime() / 1000);
  if (!isOurs || secrets.length === 0) {
    throw new DearlyError('signature-denied', 'The event is not signed for a trigger of this name.');
  }
  return assertId(id);
}

/** Not `.`: a signature joins id, time and body by it. */
function assertId(id: string): string {
  if (/^[\x21-\x2d\x2f-\x7e]{1,200}$/.test(id)) return id;
  throw new DearlyError('request-invalid', 'The event has no name of its own.', {
    details: ['headers.webhook-id: expected 1 to 200 visible ASCII characters other than a full stop'],
  });
}

function textOf(header: string | string[] | undefined): string {
  return typeof header === 'string' ? header : '';
}
