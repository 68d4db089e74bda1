// Enters: what a mail server said of an address. Leaves: hard (never again) or soft (perhaps another day).
// Never: hard on a guess. A person suppressed by mistake hears nothing of it; one more try costs little.

export type BounceClass = 'hard' | 'soft';

/** An enhanced status code (RFC 3463), and not a part of an IP address. */
const enhanced = /(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.]*\d)/;

/** The first enhanced status code in a text; null where there is none. */
export function statusIn(text: string): string | null {
  return enhanced.exec(text)?.[1] ?? null;
}

/** Codes of the IANA registry that speak of the mailbox itself, and of it alone. */
const hardCodes = new Set([
  /** No such mailbox, system, or address that can be. */
  '5.1.1',
  '5.1.2',
  '5.1.3',
  /** Moved without a forwarding address. */
  '5.1.6',
  /** The domain says that it takes no mail (RFC 7505). */
  '5.1.10',
  /** Disabled: the account, or for this long that it counts as gone. */
  '5.2.1',
  '5.7.13',
]);

/** These say "other" or "somehow refused": the words decide. */
const vague = /^5\.(0\.0|1\.0|4\.0|4\.1|4\.4|5\.0)$/;
const gone =
  /user unknown|unknown user|no such (user|mailbox|recipient|person|address)|does(n['’]t| not) (exist|have)|(mailbox|address|recipient|account|user)( \S+){0,4} (not found|unavailable|unknown|invalid|disabled|rejected)|(invalid|unknown|nonexistent) (mailbox|address|recipient|user)|unrouteable address|(host|domain)( \S+){0,3} not found|NXDOMAIN|RecipNotFound|RecipientNotFound/i;
/** Full boxes, blocks and rates are no word of whether the address is there, whatever else the sentence says. */
const passing =
  /quota|\bfull\b|too (large|big|many)|spam|\bblock|blacklist|\blisted|reputation|policy|\brate\b|greylist|temporar|try again|later/i;

/** @param status an enhanced code, or null @param words the server's, in English as all of them say it */
export function classOf(status: string | null, words: string): BounceClass {
  const said = words.slice(0, 2000);
  // A gateway's own code says less than the one it quotes: `5.0.0` beside `550 5.1.1 …`.
  const code = status === null || vague.test(status) ? (statusIn(said) ?? status) : status;
  if (code === null || code.startsWith('4.')) return 'soft';
  if (hardCodes.has(code)) return 'hard';
  return vague.test(code) && gone.test(said) && !passing.test(said) ? 'hard' : 'soft';
}
