// What the log may know: ids, routes, codes. Never a token, an address, a query, or a sentence with somebody's data in it.
import type { FastifyRequest, FastifyServerOptions } from 'fastify';
import { DearlyError } from '../../errors.ts';
import type { ServerParts } from './parts.ts';

export function logOptions(log: ServerParts['log']): FastifyServerOptions['logger'] {
  if (log === undefined) return false;
  return {
    level: log.level,
    ...(log.stream && { stream: log.stream }),
    serializers: {
      // The route as it is written (`/s/:token`), because the URL as it was asked for is the secret itself.
      req: (request: FastifyRequest) => ({
        method: request.method,
        route: request.routeOptions?.url ?? 'none',
      }),
      res: ({ statusCode }: { readonly statusCode?: number }) => ({ statusCode }),
      err: (error: unknown) => errorOf(error),
    },
  };
}

/** Code and place. A driver's message may quote a row, so it stays out; ours name ids at most. */
function errorOf(
  error: unknown,
  depth = 0,
): { type: string; message: string; stack: string; code?: unknown } {
  if (!(error instanceof Error)) return { type: typeof error, message: '', stack: '' };
  const places = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    type: error.name,
    message: error instanceof DearlyError ? error.message : '',
    stack: places.slice(0, 12).join('\n'),
    ...('code' in error && { code: error.code }),
    ...(error.cause !== undefined && depth < 3 && { cause: errorOf(error.cause, depth + 1) }),
  };
}
