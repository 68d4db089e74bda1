import type { Utterance } from 'dearly/author';
import { sentences } from './sentences.ts';

const spelled: Readonly<Record<string, string>> = {
  ä: 'ae',
  ö: 'oe',
  ü: 'ue',
  ß: 'ss',
  ø: 'oe',
  å: 'aa',
  æ: 'ae',
};

/**
 * A greeting as an utterance of its own. Where somebody has recorded it as `sounds/names/<name>.mp3` (`names/juergen.mp3`,
 * `names/hans-peter.mp3`) that is heard; the speech engine says all others.
 */
export function callByName(greeting: string, firstName: string): Utterance {
  const say = sentences(greeting);
  const name = firstName
    .toLowerCase()
    .normalize('NFC')
    .replace(/[äöüßøåæ]/g, (letter) => spelled[letter] ?? '')
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '');
  // A name that would have to be guessed at from the rest of its letters has no recording.
  return /^[a-z]+(?:[ '’-][a-z]+)*$/.test(name) && name.length <= 40
    ? { say, clip: `names/${name.replace(/[ '’]/g, '-')}.mp3` }
    : { say };
}
