import autocannon from 'autocannon';
import type { Visited } from './open-visited.ts';

const connections = 50;

/** What a person's browser says of itself; without it a visit would be a machine's. */
export const browser = {
  'user-agent':
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
  accept: 'text/html,application/xhtml+xml',
};

export interface Pages {
  readonly perSecond: number;
  readonly p99Ms: number;
  readonly pageKb: number;
  readonly serverMsPerPage: number;
  readonly databaseMsPerPage: number;
}

/** Each connection goes through people of its own, so that no two ask for the same page. */
export async function loadPages(
  { url, messages, processorMs }: Visited,
  run: { readonly seconds: number } | { readonly visitsEach: number },
): Promise<Pages> {
  const share = Math.floor(messages.length / connections);
  const paths = messages.map(({ links }) => links.site.slice(url.length));
  let next = 0;
  const before = await processorMs();
  const result = await autocannon({
    url,
    connections,
    ...('seconds' in run ? { duration: run.seconds } : { amount: share * connections * run.visitsEach }),
    headers: browser,
    // It ends at a sample, and a second is as long as all first visits together.
    sampleInt: 20,
    setupClient(client) {
      const mine = paths.slice(next, next + share);
      next += share;
      client.setRequests(mine.map((path) => ({ method: 'GET' as const, path })));
    },
  });
  if (result.non2xx + result.errors > 0) {
    throw new Error(`${result.non2xx} answers were no page, ${result.errors} requests had none.`);
  }
  const after = await processorMs();
  const perPage = (ms: number) => Math.round((ms * 1000) / result.requests.total) / 1000;
  return {
    perSecond: Math.round(result.requests.total / result.duration),
    p99Ms: result.latency.p99,
    pageKb: Math.round(result.throughput.total / result.requests.total / 100) / 10,
    serverMsPerPage: perPage(after.server - before.server),
    databaseMsPerPage: perPage(after.database - before.database),
  };
}
