// Enters: a message to one of our addresses, as it came in. Leaves: its Fate, and what it says kept once.
// Never: an answer to whoever sent it: two machines that answer each other do not stop.
import { createHash } from 'node:crypto';
import type { About } from '../track/find-message.ts';
import { type Bounce, type Report, readBounce } from '../track/read-bounce.ts';

/** A bounce or complaint that something is to be learned from. */
export interface KnownBounce extends Bounce {
  readonly kind: Exclude<Bounce['kind'], 'ignored'>;
  readonly about: About;
  /** Names the report, as whoever sent it does: once is enough. */
  readonly reportId: string;
  readonly at: Date;
}

/** `unknown`: of no message that we know (any more). */
export type Taken = 'taken' | 'duplicate' | 'unknown';

export type Fate = Bounce['kind'] | Exclude<Taken, 'taken'>;

export interface ReportTools {
  readonly parse: (raw: Buffer, to: string) => Promise<Report>;
  readonly take: (bounce: KnownBounce) => Promise<Taken>;
  /** What our addresses and links may be signed with. */
  readonly secrets: readonly Buffer[];
  readonly now: () => Date;
}

/** @param to the envelope's recipient. @throws whatever `take` throws: then it is not kept, and may come again */
export async function takeReport(raw: Buffer, to: string, tools: ReportTools): Promise<Fate> {
  const report = await tools.parse(raw, to).catch(() => null);
  // What cannot be read will not be better the second time.
  if (report === null) return 'ignored';
  const bounce = readBounce(report, tools.secrets);
  const { kind, about } = bounce;
  if (kind === 'ignored') return 'ignored';
  if (about === null) return 'unknown';
  const reportId = report.headers.get('message-id') ?? createHash('sha256').update(raw).digest('hex');
  const taken = await tools.take({ ...bounce, kind, about, reportId, at: tools.now() });
  return taken === 'taken' ? kind : taken;
}
