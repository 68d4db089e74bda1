import type { Campaign } from '../campaign/campaign.ts';
import type { Receipt } from '../deliver/transport.ts';
import { withoutAddresses } from '../deliver/without-addresses.ts';
import { DearlyError } from '../errors.ts';
import { backoffMs } from './backoff.ts';
import type { Claim, Fault, Outcome } from './ledger.ts';

/**
 * What may be out is not sent again after so many handoffs: a server that takes every message and never says so, or a message
 * that ends every worker, would fill a person's mailbox until the retry window is over.
 */
export const mostHandOffs = 10;

export interface Attempts {
  /** 1 for the first. */
  readonly attempt: number;
  readonly firstTriedAt: Date;
  readonly now: Date;
  readonly retryHours: number;
  /** What may be out is sent again, under the same Message-ID. */
  readonly resends: boolean;
  /** 0 ≤ random < 1 */
  readonly random: number;
}

export function attemptsOf(
  claim: Pick<Claim, 'tries' | 'firstTriedAt'>,
  campaign: Pick<Campaign, 'retry_hours' | 'on_unknown'>,
  tools: { readonly now: () => Date; readonly random: () => number },
): Attempts {
  const now = tools.now();
  return {
    attempt: claim.tries + 1,
    firstTriedAt: claim.firstTriedAt === null ? now : new Date(claim.firstTriedAt),
    now,
    retryHours: campaign.retry_hours,
    resends: campaign.on_unknown === 'resend',
    random: tools.random(),
  };
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
    case 'unknown': {
      const mayGoAgain = attempts.resends && attempts.attempt < mostHandOffs;
      const retryAfterMs = mayGoAgain ? restOf(attempts) : null;
      return retryAfterMs === null
        ? { happening: 'doubt', detail }
        : { happening: 'defer', detail, retryAfterMs, mayBeOut: true };
    }
    case 'deferred': {
      const retryAfterMs = restOf(attempts);
      return retryAfterMs === null
        ? { happening: 'fail', detail: `retries-ended: ${detail}` }
        : { happening: 'defer', detail, retryAfterMs };
    }
  }
}

/** A blip that nobody has named, or a bug: it gets so many tries. */
const triesOfUnnamed = 3;

/** What a fault of ours means for a row that was not handed over. */
export function faultOf(error: unknown, attempts: Attempts): Fault {
  const isNamed = error instanceof DearlyError;
  const mayPass = isNamed ? error.retry !== 'never' : attempts.attempt < triesOfUnnamed;
  return {
    detail: isNamed ? error.code : 'internal',
    retryAfterMs: mayPass ? restOf(attempts) : null,
  };
}

/** How long it rests before the next try; null when that would be too late. */
function restOf({ attempt, random, firstTriedAt, now, retryHours }: Attempts): number | null {
  const restMs = backoffMs(attempt, random);
  const endsAt = firstTriedAt.getTime() + retryHours * 3_600_000;
  return now.getTime() + restMs > endsAt ? null : restMs;
}
