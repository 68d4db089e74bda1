// Enters: a member of the audience, what the pack is for, the campaign, the time. Leaves: Decision: send, wait until when, or skip and why.
// Never: I/O, or a guess: whoever may not be written to is skipped with the reason.
import type { Campaign } from '../campaign/campaign.ts';
import type { Arrangement } from '../campaign/variant.ts';
import { isConsented, type Profile, type Purpose } from '../profile/profile.ts';
import { minuteOf, nextShowing } from './local-clock.ts';
import { afterQuiet } from './quiet-hours.ts';

export type SkipReason =
  /** The person was erased after the audience was frozen. */
  | 'erased'
  | 'no-address'
  | 'no-consent'
  /** The address bounced for good, complained, or unsubscribed. */
  | 'suppressed'
  /** The address is one that mail cannot be sent to. */
  | 'bad-address'
  /** The pack needs data that the profile lacks. */
  | 'incomplete-data'
  /** All campaigns together have written often enough. */
  | 'frequency-cap'
  /** Gets nothing, to compare with: drawn when the audience was frozen. */
  | 'holdout';

export type WaitReason = 'quiet-hours' | 'local-time';

export type Decision =
  | {
      readonly kind: 'send';
      readonly profile: Profile;
      readonly variant: string;
      readonly arrangement: Arrangement;
      readonly tracking: boolean;
    }
  /** Not now; `until` is later than now. */
  | { readonly kind: 'wait'; readonly until: Date; readonly why: WaitReason }
  | { readonly kind: 'skip'; readonly reason: SkipReason };

export interface Member {
  readonly profile: Profile | null;
  readonly suppressed: readonly (Purpose | '*')[];
  /** As drawn, or the winner; null: nobody has drawn yet, so it is the first one. */
  readonly variant: string | null;
  /** Of campaigns and triggers, within the days of the campaign's frequency cap. */
  readonly recentMessages: number;
}

export type FrequencyCap = NonNullable<Campaign['frequency_cap']>;

export interface How {
  readonly purpose: Purpose;
  readonly campaign: Pick<Campaign, 'quiet_hours' | 'schedule' | 'frequency_cap' | 'variants'>;
  readonly now: Date;
  /** The run's start: `local_time` is looked for from there on. */
  readonly startedAt: Date;
}

export function decide(member: Member, { purpose, campaign, now, startedAt }: How): Decision {
  const { profile, suppressed } = member;
  if (profile === null) return { kind: 'skip', reason: 'erased' };
  if (!profile.email) return { kind: 'skip', reason: 'no-address' };
  if (!isConsented(profile.consents, purpose)) return { kind: 'skip', reason: 'no-consent' };
  if (suppressed.includes('*') || suppressed.includes(purpose)) return { kind: 'skip', reason: 'suppressed' };
  const wait = waitOf(profile.timeZone, campaign, now, startedAt);
  if (wait !== null) return wait;
  // Last, because whoever waits may have room again by then.
  const cap = campaign.frequency_cap;
  if (cap !== undefined && member.recentMessages >= cap.messages) {
    return { kind: 'skip', reason: 'frequency-cap' };
  }
  const variant = variantOf(campaign.variants, member.variant);
  const { name, weight, ...arrangement } = variant;
  const tracking = isConsented(profile.consents, 'tracking');
  return { kind: 'send', profile, variant: name, arrangement, tracking };
}

function waitOf(
  timeZone: string,
  { quiet_hours: quiet, schedule }: How['campaign'],
  now: Date,
  startedAt: Date,
): Extract<Decision, { kind: 'wait' }> | null {
  const localTime = schedule?.local_time;
  const turn = localTime === undefined ? now : nextShowing(startedAt, minuteOf(localTime), timeZone);
  const due = turn > now ? turn : now;
  const until = quiet === undefined ? due : afterQuiet(due, quiet, timeZone);
  if (until <= now) return null;
  return { kind: 'wait', until, why: due > now ? 'local-time' : 'quiet-hours' };
}

function variantOf(variants: Campaign['variants'], name: string | null) {
  const variant = name === null ? variants[0] : variants.find((it) => it.name === name);
  if (variant === undefined) throw new Error(`the campaign has no variant ${name}`);
  return variant;
}
