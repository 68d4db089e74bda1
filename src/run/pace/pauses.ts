// Enters: what mail servers answer. Leaves: who gets nothing for a while, known to all workers within a second. Never: a fault:
// a pause that cannot be kept costs one more refusal.
import type { Receipt } from '../../deliver/transport.ts';
import { withoutAddresses } from '../../deliver/without-addresses.ts';
import type { PauseLengths, Rates } from './rates.ts';

export interface Pauses {
  /** How long this domain still waits; 0 where it does not. */
  waitMs(domain: string): Promise<number>;
  heard(domain: string | null, receipt: Receipt): Promise<void>;
}

/** Stands for the server that all mail goes through. */
export const everyDomain = '*';

const ofDomain: PauseLengths = { baseMs: 15_000, longestMs: 30 * 60_000 };
/** A server that cannot be reached is asked more often: nobody minds, and it stops everything. */
const ofServer: PauseLengths = { baseMs: 1000, longestMs: 60_000 };
const freshMs = 1000;

/** One per process: all its runs share what it knows. */
export function openPauses(rates: Rates): Pauses {
  /** Until when, by `performance.now()`; whoever has strikes is in it. */
  let known = new Map<string, number>();
  let readAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | null = null;

  async function read(): Promise<void> {
    readAt = performance.now();
    const pauses = await rates.pauses();
    const now = performance.now();
    known = new Map(pauses.map(({ domain, waitMs }) => [domain, now + waitMs]));
  }

  const refresh = () => {
    reading ??= read()
      .catch(() => {})
      .finally(() => {
        reading = null;
      });
    return reading;
  };

  return {
    async waitMs(domain) {
      if (performance.now() > readAt + freshMs) await refresh();
      return Math.max(0, (known.get(domain) ?? 0) - performance.now());
    },
    async heard(domain, receipt) {
      const [who, lengths] = isOfServer(receipt) ? [everyDomain, ofServer] : [domain, ofDomain];
      try {
        if (who !== null && asksForLess(receipt)) {
          await rates.pause(who, withoutAddresses(receipt.response), lengths);
          await refresh();
        } else if (receipt.kind === 'accepted') {
          const eased = [domain ?? everyDomain, everyDomain].filter((it) => known.has(it));
          for (const it of new Set(eased)) {
            known.delete(it);
            await rates.ease(it);
          }
        }
      } catch {
        // The database is away; the next refusal says it again.
      }
    },
  };
}

/** RFC 5321 §4.2.1, 421; RFC 3463 §3.8, X.7.X: policies such as "too many messages from you". */
function asksForLess(receipt: Receipt): boolean {
  if (receipt.kind !== 'deferred') return false;
  if (receipt.before !== undefined) return receipt.before === 'greeting';
  return receipt.code === 421 || /^4\d\d[ -]4\.7\.\d/.test(receipt.response);
}

/** Nobody answers, or we are turned away at the door: it was not this message, nor whom it is for. */
function isOfServer(receipt: Receipt): boolean {
  return receipt.kind === 'deferred' && receipt.before === 'greeting';
}
