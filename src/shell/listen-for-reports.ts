import { takeBounce } from '../adapters/postgres/bounces/take-bounce.ts';
import { type Inbound, openInboundServer } from '../adapters/smtp/inbound-server.ts';
import { parseReport } from '../adapters/smtp/parse-report.ts';
import { readBounceAddress } from '../deliver/bounce-address.ts';
import { type Fate, takeReport } from '../run/take-report.ts';
import { isComplaintAddress } from '../track/read-bounce.ts';
import type { Wire } from './wire.ts';

/** What came in since the start. `refused`: to an address that we did not sign. */
export type ReportCounts = Readonly<Partial<Record<Fate | 'refused', number>>>;

export interface Listening extends Inbound {
  counts(): ReportCounts;
}

/** Takes bounces and complaints where DEARLY_INBOUND says; null where it says nothing. @throws DearlyError `config-invalid` */
export async function listenForReports(
  wire: Pick<Wire, 'config' | 'db' | 'secrets' | 'addressKey' | 'now'>,
  options: { readonly onFault: (what: string, error: unknown) => void },
): Promise<Listening | null> {
  const { config, db, secrets, addressKey, now } = wire;
  if (config.inboundUrl === undefined) return null;
  const counts: Partial<Record<Fate | 'refused', number>> = {};
  const count = (fate: Fate | 'refused') => {
    counts[fate] = (counts[fate] ?? 0) + 1;
  };
  const tools = {
    parse: parseReport,
    take: (bounce: Parameters<typeof takeBounce>[1]) => takeBounce(db, bounce, { secret: addressKey }),
    secrets,
    now,
  };
  const inbound = await openInboundServer(config.inboundUrl, {
    accepts(address) {
      const isOurs = isComplaintAddress(address) || readBounceAddress(secrets, address) !== null;
      if (!isOurs) count('refused');
      return isOurs;
    },
    take: async (raw, to) => count(await takeReport(raw, to, tools)),
    onFault: (error) => options.onFault('a report', error),
  });
  return { ...inbound, counts: () => ({ ...counts }) };
}
