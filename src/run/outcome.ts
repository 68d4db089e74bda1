import type { Receipt } from '../deliver/transport.ts';
import { withoutAddresses } from '../deliver/without-addresses.ts';
import { backoffMs } from './backoff.ts';
import type { Outcome } from './ledger.ts';

export interface Attempts {
  /** 1 for the first handoff. */
  readonly attempt: number;
  readonly firstTriedAt: Date;
  readonly now: Date;
  readonly retryHours: number;
  /** 0 ≤ random < 1 */
  readonly random: number;
}

/** What a mail server's answer means for the ledger row. */
export function outcomeOf(receipt: Receipt, attempts: Attempts): Outcome {
  const detail = withoutAddresses(receipt.response);
  switch (receipt.kind) {
    case 'accepted':
      return { happening: 'accept', detail };
    case 'bounced':
      return { happening: 'bounce', detail };
    case 'failed':
      return { happening: 'fail', detail };
    case 'unknown':
      return { happening: 'doubt', detail };
    case 'deferred': {
      const retryAfterMs = backoffMs(attempts.attempt, attempts.random);
      const endsAt = attempts.firstTriedAt.getTime() + attempts.retryHours * 3_600_000;
      if (attempts.now.getTime() + retryAfterMs > endsAt)
        return { happening: 'fail', detail: `retries-ended: ${detail}` };
      return { happening: 'defer', detail, retryAfterMs };
    }
  }
}
