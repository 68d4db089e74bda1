import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { sql } from 'kysely';
import { countRows } from '../../adapters/postgres/count-rows.ts';
import { DearlyError } from '../../errors.ts';
import type { RequestCounts } from './count-requests.ts';
import type { ServerParts } from './parts.ts';

/** For whoever keeps the house running. `/metrics` holds counts only, no names. */
export const health =
  (parts: ServerParts, requests: RequestCounts): FastifyPluginAsyncZod =>
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

    app.get('/metrics', { schema: { tags, summary: 'Prometheus' } }, async (_request, reply) => {
      const { ledger, videos, openRuns } = await countRows(parts.db);
      const text = [
        ...requests.lines(),
        ...gauge('dearly_ledger_rows', 'Rows of the ledger by state.', 'state', ledger),
        ...gauge('dearly_videos', 'Videos by state.', 'state', videos),
        ...gauge('dearly_open_runs', 'Runs that have not ended.', null, { all: openRuns }),
        ...gauge('dearly_resident_bytes', 'Memory of this process.', null, {
          all: process.memoryUsage.rss(),
        }),
      ];
      return reply.type('text/plain; version=0.0.4; charset=utf-8').send(`${text.join('\n')}\n`);
    });
  };

function gauge(
  name: string,
  help: string,
  label: string | null,
  values: Readonly<Record<string, number>>,
): string[] {
  const lines = Object.entries(values).map(([value, count]) => {
    return `${name}${label === null ? '' : `{${label}="${value}"}`} ${count}`;
  });
  return [`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, ...lines];
}
