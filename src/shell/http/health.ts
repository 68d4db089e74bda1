import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { sql } from 'kysely';
import { DearlyError } from '../../errors.ts';
import type { ServerParts } from './parts.ts';

/** For a load balancer, and whoever keeps the house running. */
export const health =
  (parts: ServerParts): FastifyPluginAsyncZod =>
  async (app) => {
    const tags = ['health'];
    app.get('/healthz', { schema: { tags, summary: 'The process answers' } }, async () => ({ status: 'ok' }));

    app.get('/readyz', { schema: { tags, summary: 'The database answers, too' } }, async () => {
      try {
        await sql`select 1`.execute(parts.db);
      } catch (cause) {
        throw new DearlyError('database-unavailable', 'PostgreSQL does not answer.', { cause });
      }
      return { status: 'ready' };
    });
  };
