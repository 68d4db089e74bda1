// Enters: who is written to. Leaves: the right to send one message now, or when to ask again.
// Never: more than the limit in any second, whatever the number of workers, or time saved up by being idle.
import type { Campaign } from '../../campaign/campaign.ts';
import type { Receipt } from '../../deliver/transport.ts';
import { type Gate, makeGate } from './gate.ts';
import { everyDomain, openPauses, type Pauses } from './pauses.ts';
import type { Limit, Rates } from './rates.ts';
import { bufferSlots, gapOf, isLate, latestMs, type Slot, takeBoth, waitFor } from './slots.ts';

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

/** Its turn is some seconds away: the row is put off, and no lane waits. */
export interface Later {
  readonly kind: 'later';
  readonly until: Date;
  readonly why: 'campaign-pace' | 'domain-pace' | 'domain-paused' | 'mail-server-paused';
}

/** How fast a run may send, all workers together. */
export interface Pace {
  /** Waits for a turn. @param domain of the recipient. Rejects with the signal's reason when aborted. */
  take(domain: string | null, signal?: AbortSignal): Promise<Go | Later>;
  /** What a mail server said: who asks for less gets a pause, longer each time; who takes mail again gets it back. Never throws. */
  heard(domain: string | null, receipt: Receipt): Promise<void>;
  /** Until when this domain gets nothing, known without waiting: whoever is put off need not be merged first. */
  paused(domain: string | null): Promise<Later | null>;
  /** Until when nobody of this run has a turn, so that no row need be claimed; null when somebody may. */
  rest(): Promise<Later | null>;
}

/** What the runs of one process share: the connections to the mail server, and who is paused. */
export interface Lanes {
  readonly rates: Rates;
  readonly gate: Gate;
  readonly pauses: Pauses;
}

export function openLanes(rates: Rates, connections: number): Lanes {
  return { rates, gate: makeGate(connections), pauses: openPauses(rates) };
}

/** A lane waits as long for its campaign's slot; it holds neither a connection nor a place at the gate meanwhile. */
const patienceMs = 3000;

/** And as long for its domain's: about one of them waits at a time, so that the others are left to other domains. */
const holdMs = (gapMs: number): number => Math.min(250, Math.max(latestMs, gapMs));

export function openPace(
  runId: string,
  { name, throttle }: Pick<Campaign, 'name' | 'throttle'>,
  { rates, gate, pauses }: Lanes,
): Pace {
  const limitOf = (key: string, perSecond: number | undefined): Limit | null =>
    perSecond === undefined ? null : { key, gapMs: gapOf(perSecond) };
  const campaign = limitOf(`campaign/${name}`, throttle?.per_second);
  const ofCampaign = campaign && bufferSlots(campaign.gapMs, (wanted) => ask(null, wanted));

  const limitOfDomain = (domain: string | null) =>
    domain === null ? null : limitOf(`domain/${domain}`, throttle?.domains[domain] ?? throttle?.per_domain);
  const ask = (domain: Limit | null, wanted: number) =>
    rates.reserve({
      campaign,
      domain,
      wanted,
      withinMs: patienceMs,
      slackMs: latestMs,
      holdMs: holdMs(domain?.gapMs ?? 0),
    });

  /** Null where nothing limits it. */
  async function slotFor(limit: Limit | null, signal?: AbortSignal): Promise<Slot | null> {
    if (limit !== null) return await takeBoth(() => ask(limit, 1), ofCampaign, signal);
    return ofCampaign && (await ofCampaign(signal));
  }

  const later = (why: Later['why'], waitMs: number): Later => ({
    kind: 'later',
    until: new Date(Date.now() + waitMs),
    why,
  });

  async function paused(domain: string | null): Promise<Later | null> {
    const ofServer = await pauses.waitMs(everyDomain);
    if (ofServer > 0) return later('mail-server-paused', ofServer);
    const ofDomain = domain === null ? 0 : await pauses.waitMs(domain);
    return ofDomain > 0 ? later('domain-paused', ofDomain) : null;
  }

  return {
    async take(domain, signal) {
      signal?.throwIfAborted();
      const pause = await paused(domain);
      if (pause !== null) return pause;
      const limit = limitOfDomain(domain);
      let slot = await slotFor(limit, signal);
      if (slot?.kind === 'none') {
        if (!slot.byDomain || limit === null) return later('campaign-pace', slot.waitMs);
        // Each to a time of its own: a domain's thousands, all due at once, would be put off again, all but one.
        const line = { key: `queue/${runId}/${domain}`, gapMs: limit.gapMs };
        return later('domain-pace', await rates.queueUp(line, slot.waitMs));
      }
      const leave = await gate.enter(signal);
      return {
        kind: 'go',
        async confirm() {
          // The row is handed over by now: it waits for as long as it takes, and no signal stops it.
          while (slot !== null && (slot.kind === 'none' || isLate(slot.at))) {
            if (slot.kind === 'none') await waitFor(performance.now() + slot.waitMs);
            slot = await slotFor(limit);
          }
        },
        end: leave,
      };
    },
    heard: (domain, receipt) => pauses.heard(domain, receipt),
    paused,
    async rest() {
      const pause = await paused(null);
      if (pause !== null || campaign === null) return pause;
      const { outcome, waitMs } = await ask(null, 0);
      return outcome === 'none' ? later('campaign-pace', waitMs) : null;
    },
  };
}
