// Enters: a snapshot that asks for a yes, the boxes ticked, the moment. Leaves: the consents given, each with its wording.
// Never: a consent that the page did not show in words.
import { createHash } from 'node:crypto';
import type { Snapshot } from '../merge/snapshot.ts';
import type { Consents } from '../profile/profile.ts';

/** @param ticked purposes whose boxes were ticked; any other name means nothing. Empty where the snapshot asks nothing. */
export function giveConsent(
  { pack, lang, confirms }: Pick<Snapshot, 'pack' | 'lang' | 'confirms'>,
  ticked: readonly string[],
  at: Date,
): Consents {
  const given = (confirms?.asks ?? []).filter((it) => !it.optional || ticked.includes(it.purpose));
  return Object.fromEntries(
    given.map(({ purpose, text }) => {
      const wording = wordingOf({ pack, lang }, text);
      return [purpose, { granted: true, at: at.toISOString(), source: 'double-opt-in', text: wording }];
    }),
  );
}

/** Whether this very message has its yes already, with or without the boxes that may be left. One given to other words proves nothing here. */
export function isGiven(
  { pack, lang, confirms }: Pick<Snapshot, 'pack' | 'lang' | 'confirms'>,
  consents: Consents,
): boolean {
  const asks = confirms?.asks ?? [];
  const needed = asks.filter(({ optional }) => !optional);
  return (needed.length > 0 ? needed : asks).every(({ purpose, text }) => {
    const consent = consents[purpose];
    return consent?.granted === true && consent.text === wordingOf({ pack, lang }, text);
  });
}

/** Names the words that were agreed to. */
export function wordingOf({ pack, lang }: Pick<Snapshot, 'pack' | 'lang'>, text: string): string {
  return `${pack.name}@${pack.version}/${lang}#${hashOf(text)}`;
}

/** Enough to tell two wordings apart; the words themselves are kept with the pack's version. */
function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
