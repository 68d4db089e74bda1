// Enters: a member of the audience, what the pack is for, what the suppression list says. Leaves: Decision.
// Never: I/O, or a guess: whoever may not be written to is skipped with the reason.
import { isConsented, type Profile, type Purpose } from '../profile/profile.ts';

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
  | 'incomplete-data';

export type Decision =
  | { readonly kind: 'send'; readonly profile: Profile; readonly variant: string; readonly tracking: boolean }
  | { readonly kind: 'skip'; readonly reason: SkipReason };

export interface Member {
  readonly profile: Profile | null;
  readonly suppressed: readonly (Purpose | '*')[];
}

export function decide(member: Member, purpose: Purpose): Decision {
  const { profile, suppressed } = member;
  if (profile === null) return { kind: 'skip', reason: 'erased' };
  if (!profile.email) return { kind: 'skip', reason: 'no-address' };
  if (!isConsented(profile.consents, purpose)) return { kind: 'skip', reason: 'no-consent' };
  if (suppressed.includes('*') || suppressed.includes(purpose)) return { kind: 'skip', reason: 'suppressed' };
  return { kind: 'send', profile, variant: 'a', tracking: isConsented(profile.consents, 'tracking') };
}
