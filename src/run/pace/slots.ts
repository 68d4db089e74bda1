import { setTimeout as wait } from 'node:timers/promises';
import type { Reservation } from './rates.ts';

/**
 * A slot missed by more than this is dropped and another one asked for: slots of a process that stalled, fired at once, would
 * be a burst. Gaps are made longer by as much a second, so that even then no second has more than it may.
 */
export const latestMs = 50;

/** So far ahead slots are taken at once: few round trips at high rates, little lost when the taker stops. */
const aheadMs = 200;

export const gapOf = (perSecond: number): number => (1000 + latestMs) / perSecond;

/** The moment of a slot, by `performance.now()`; or how long nobody can have one. */
export type Slot =
  | { readonly kind: 'slot'; readonly at: number }
  | { readonly kind: 'none'; readonly waitMs: number; readonly byDomain: boolean };

export const isLate = (at: number): boolean => performance.now() > at + latestMs;

export async function waitFor(at: number, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  const ms = at - performance.now();
  if (ms > 0) await wait(ms, undefined, signal === undefined ? {} : { signal });
}

/**
 * Slots of one limit for the lanes of this process, fetched several at a time: twice as many while all are used, half as many
 * once one was missed, for another process could have used that.
 */
export function bufferSlots(
  gapMs: number,
  reserve: (wanted: number) => Promise<Reservation>,
): (signal?: AbortSignal) => Promise<Slot> {
  const ready: number[] = [];
  const most = Math.max(1, Math.floor(aheadMs / gapMs));
  let size = 1;
  let isMissed = false;
  let asking: Promise<Slot | null> | null = null;

  async function ask(): Promise<Slot | null> {
    const wanted = size;
    const { outcome, byDomain, waitMs } = await prompt(() => reserve(wanted));
    if (outcome === 'none') return { kind: 'none', waitMs, byDomain };
    const first = performance.now() + waitMs;
    for (let index = 0; index < wanted; index++) ready.push(first + index * gapMs);
    size = isMissed ? Math.ceil(wanted / 2) : Math.min(most, wanted * 2);
    isMissed = false;
    return null;
  }

  return async (signal) => {
    for (;;) {
      const at = ready.shift();
      if (at === undefined) {
        asking ??= ask().finally(() => {
          asking = null;
        });
        const none = await asking;
        signal?.throwIfAborted();
        if (none !== null) return none;
        continue;
      }
      if (!isLate(at)) await waitFor(at, signal);
      if (!isLate(at)) return { kind: 'slot', at };
      isMissed = true;
    }
  };
}

/** One slot that fits a campaign's and a domain's limit alike. */
export async function takeBoth(
  reserve: () => Promise<Reservation>,
  ofCampaign: ((signal?: AbortSignal) => Promise<Slot>) | null,
  signal?: AbortSignal,
): Promise<Slot> {
  for (;;) {
    const { outcome, byDomain, waitMs } = await prompt(reserve);
    if (outcome === 'none') return { kind: 'none', waitMs, byDomain };
    const at = performance.now() + waitMs;
    await waitFor(at, signal);
    if (outcome === 'held' && ofCampaign !== null) {
      const slot = await ofCampaign(signal);
      if (slot.kind === 'none') return slot;
    }
    if (!isLate(at)) return { kind: 'slot', at };
  }
}

/** An answer that was long on its way says nothing of when its slots are; but where all are, it has to do. */
async function prompt(reserve: () => Promise<Reservation>): Promise<Reservation> {
  for (let left = 2; ; left--) {
    const askedAt = performance.now();
    const reservation = await reserve();
    if (left === 0 || reservation.outcome === 'none' || !isLate(askedAt)) return reservation;
  }
}
