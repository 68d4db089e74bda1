// Enters: an event that a CRM tells of, checked and authentic. Leaves: the run that carries it, opened once per event.
// Never: the work itself (a worker does that), or a second message for an event that is told again.
import type { Campaign } from '../campaign/campaign.ts';
import { DearlyError } from '../errors.ts';
import type { Facts, Profile, ProfilePatch } from '../profile/profile.ts';
import type { Ledger } from './ledger.ts';
import type { Queue } from './queue.ts';

export interface TriggerEvent {
  /** The caller's: the same one again is the same event. */
  readonly id: string;
  /** Somebody who is known, by external id, or what is said of somebody. */
  readonly person: { readonly externalId: string } | { readonly patch: ProfilePatch };
  /** Of this event alone, on top of the person's facts. */
  readonly data: Facts;
  readonly occurredAt: Date;
  /** Of everything that the event says. */
  readonly bodyHash: Buffer;
}

export interface TakenEvent extends Pick<TriggerEvent, 'id' | 'data' | 'occurredAt' | 'bodyHash'> {
  readonly trigger: string;
  readonly profileId: string;
}

/** What was taken before. */
export interface TriggerEvents {
  /** The event's run; `bodyHash` is null where the person was erased meanwhile. */
  find(
    trigger: string,
    eventId: string,
  ): Promise<{ readonly runId: string; readonly bodyHash: Buffer | null } | null>;
  /** Keeps the first of two, and returns what is kept; null where the person was erased meanwhile. */
  keep(event: TakenEvent): Promise<{ readonly bodyHash: Buffer; readonly profileId: string } | null>;
}

export interface TriggerTools {
  readonly triggerEvents: TriggerEvents;
  readonly ledger: Pick<Ledger, 'open'>;
  readonly queue: Pick<Queue, 'wakeRun'>;
  readonly profiles: {
    find(externalId: string): Promise<Profile | null>;
    keep(patch: ProfilePatch): Promise<void>;
  };
}

/**
 * Told twice, an event changes nothing more: neither the profile, which may have moved on, nor what was sent.
 * @returns the run's id
 * @throws DearlyError `profile-missing`; `idempotency-conflict` where the id was used for another event
 */
export async function takeTrigger(
  campaign: Campaign,
  event: TriggerEvent,
  tools: TriggerTools,
): Promise<string> {
  const { name } = campaign;
  const known = await tools.triggerEvents.find(name, event.id);
  if (known !== null) {
    if (known.bodyHash !== null) refuseOther(known.bodyHash, event);
    return known.runId;
  }
  const profile = await personOf(event, tools);
  const { id, data, occurredAt, bodyHash } = event;
  const taken = { trigger: name, id, data, occurredAt, bodyHash, profileId: profile.id };
  // Kept before the run is opened: a worker that finds the row finds what the event brought.
  const kept = await tools.triggerEvents.keep(taken);
  if (kept === null) throw new DearlyError('profile-missing', 'The person was erased just now.');
  refuseOther(kept.bodyHash, event);
  const run = { kind: 'trigger', name, occurrence: event.id, campaign } as const;
  const opened = await tools.ledger.open(run, { profileIds: [kept.profileId] });
  await tools.queue.wakeRun(opened.run.id);
  return opened.run.id;
}

async function personOf({ person }: TriggerEvent, { profiles }: TriggerTools): Promise<Profile> {
  if ('patch' in person) await profiles.keep(person.patch);
  const externalId = 'patch' in person ? person.patch.externalId : person.externalId;
  const profile = await profiles.find(externalId);
  if (profile === null) throw new DearlyError('profile-missing', `There is no profile ${externalId}.`);
  return profile;
}

function refuseOther(bodyHash: Buffer, event: TriggerEvent): void {
  if (bodyHash.equals(event.bodyHash)) return;
  throw new DearlyError('idempotency-conflict', `The event ${event.id} was told before, with another body.`);
}
