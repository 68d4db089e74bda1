import type { FastifyInstance } from 'fastify';

export interface RequestCounts {
  /** Prometheus text, one line per route, method and status. */
  lines(): string[];
}

/** Counts answers by route as it is written, so that labels stay few and hold no token. */
export function countRequests(app: FastifyInstance): RequestCounts {
  const counts = new Map<string, { count: number; seconds: number }>();
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    const labels = `route="${route}",method="${request.method}",status="${reply.statusCode}"`;
    const known = counts.get(labels) ?? { count: 0, seconds: 0 };
    counts.set(labels, { count: known.count + 1, seconds: known.seconds + reply.elapsedTime / 1000 });
  });
  return {
    lines: () => [
      '# HELP dearly_http_request_seconds Requests answered and the time it took.',
      '# TYPE dearly_http_request_seconds summary',
      ...[...counts].flatMap(([labels, { count, seconds }]) => [
        `dearly_http_request_seconds_count{${labels}} ${count}`,
        `dearly_http_request_seconds_sum{${labels}} ${seconds.toFixed(6)}`,
      ]),
    ],
  };
}
