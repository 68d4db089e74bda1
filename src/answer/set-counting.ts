// Enters: the switch as it was set, in the words that stood beside it. Leaves: the consent to be counted, or its end.
// Never: a yes to anything else.
import type { Snapshot } from '../merge/snapshot.ts';
import type { Consent } from '../profile/profile.ts';
import { wordingOf } from './give-consent.ts';

/** @param text the words that were shown */
export function setCounting(
  snapshot: Pick<Snapshot, 'pack' | 'lang'>,
  isOn: boolean,
  text: string,
  at: Date,
): Consent {
  return { granted: isOn, at: at.toISOString(), source: 'page', text: wordingOf(snapshot, text) };
}
