import { buildSite } from '../adapters/chromium/build-site.ts';
import { renderOne } from '../run/render-one.ts';
import { buildServer } from './http/server.ts';
import type { ReportCounts } from './listen-for-reports.ts';
import { planAhead } from './plan-ahead.ts';
import type { Wire } from './wire.ts';

export interface RunningServer {
  /** Where it listens, without a trailing slash. */
  readonly url: string;
  close(): Promise<void>;
}

/** Builds the page's browser code where it is missing, listens, and tells the wire where links lead. */
export async function startServer(
  wire: Wire,
  options: { readonly host: string; readonly port: number; readonly logLevel: string },
  reportCounts?: () => ReportCounts,
): Promise<RunningServer> {
  const { dataDir } = wire.config;
  const site = await buildSite({ dataDir, compositionsDir: wire.folders.compositions });
  const server = await buildServer({
    ...wire,
    site,
    plan: planAhead(wire),
    renderOne: (request) => renderOne(request, wire),
    log: { level: options.logLevel },
    ...(reportCounts && { reportCounts }),
  });
  const url = await server.listen({ host: options.host, port: options.port });
  wire.listensAt(url);
  return { url, close: () => server.close() };
}
