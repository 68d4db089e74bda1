// Enters: who is written to. Leaves: the right to send one message now, or when to ask again. Never: time saved up by being idle.
import { setTimeout as wait } from 'node:timers/promises';
import type { Receipt } from '../deliver/transport.ts';

/** The right to send one message. */
export interface Go {
  readonly kind: 'go';
  /**
   * Call it right before the message goes. Returns at once, unless so much time has passed since `take` that the slot is gone:
   * then it waits for another, because slots fired late are a burst.
   */
  confirm(): Promise<void>;
  /** The message has its answer, or will not be sent. Call it once, whatever happened. */
  end(): void;
}

/** Its turn is more than about a second away: the row is put off, and no lane waits. */
export interface Later {
  readonly kind: 'later';
  readonly until: Date;
  readonly why: PaceReason;
}

export type PaceReason = 'campaign-pace' | 'domain-pace' | 'domain-paused' | 'mail-server-paused';

/** How fast a run may send, all workers together. */
export interface Pace {
  /** Waits for a turn. @param domain of the recipient. Rejects with the signal's reason when aborted. */
  take(domain: string | null, signal?: AbortSignal): Promise<Go | Later>;
  /** What a mail server said: who asks to slow down is given time, more each time; who takes mail again gets it back. Never throws. */
  heard(domain: string | null, receipt: Receipt): Promise<void>;
}

/** RFC 5321 §4.2.1 421; RFC 3463 §3.8 X.7.X: policies such as "too many messages from you". */
export function asksToSlowDown(receipt: Receipt): boolean {
  return receipt.kind === 'deferred' && (receipt.code === 421 || /^4\d\d[ -]4\.7\.\d/.test(receipt.response));
}

/**
 * Lets through at most `perSecond` calls a second, evenly spaced, whatever the callers' number. Time that nobody used is
 * not saved up: a burst after a pause would be what the limit is there to prevent.
 */
export function makePace(perSecond: number | undefined): Pace {
  const gapMs = perSecond === undefined ? 0 : 1000 / perSecond;
  let nextAt = 0;
  return {
    async take(_domain, signal) {
      signal?.throwIfAborted();
      const now = performance.now();
      const turn = Math.max(now, nextAt);
      nextAt = turn + gapMs;
      if (turn > now) await wait(turn - now, undefined, signal === undefined ? {} : { signal });
      return { kind: 'go', confirm: async () => {}, end() {} };
    },
    async heard() {},
  };
}
