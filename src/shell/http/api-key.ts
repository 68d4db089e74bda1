import type { FastifyRequest } from 'fastify';
import { type ApiKey, type Scope, verifyKey } from '../../adapters/postgres/api-keys.ts';
import type { Database } from '../../adapters/postgres/connect.ts';
import { DearlyError } from '../../errors.ts';

/** RFC 6750: `Authorization: Bearer dearly_…` */
function bearerOf({ headers }: FastifyRequest): string | undefined {
  return /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
}

/** @throws DearlyError `key-denied`, `scope-denied` */
export async function requireKey(db: Database, request: FastifyRequest, scope: Scope): Promise<ApiKey> {
  return await verifyKey(db, bearerOf(request), scope);
}

export async function isAllowed(db: Database, request: FastifyRequest, scope: Scope): Promise<boolean> {
  try {
    await requireKey(db, request, scope);
    return true;
  } catch (error) {
    if (error instanceof DearlyError && error.kind === 'denied') return false;
    throw error;
  }
}

/** An integrator's client looks like a machine, and is one; with its API key it may ask all the same. */
export async function isProgramOfOurs(db: Database, request: FastifyRequest): Promise<boolean> {
  return (
    request.method === 'GET' && bearerOf(request) !== undefined && (await isAllowed(db, request, 'renders'))
  );
}

/** The id of the key that `requireKey` let in; it tells callers apart. */
export function callerOf(request: FastifyRequest): string {
  return /^dearly_([0-9a-f]+)_/.exec(bearerOf(request) ?? '')?.[1] ?? '';
}
