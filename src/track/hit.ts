// Enters: a request for something behind a link. Leaves: whether a person or a machine made it, and by which rule.
// Never: a refusal. Machines get the same answer, they are only counted apart. docs/tracking.md has the rules in words.
import { isbot } from 'isbot';

export interface Hit {
  readonly method: string;
  /** Names in lower case, as Node gives them. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Since the mail server took the message; 0 while it is still being handed over, null where nothing was sent. */
  readonly secondsSinceAccepted: number | null;
}

/** `burst` shows only afterwards: several links of one message followed within a second (`burstMs`). */
export type MachineSign = 'head' | 'prefetch' | 'privacy-proxy' | 'no-agent' | 'bot' | 'at-once' | 'burst';

/** Gmail and Yahoo fetch pictures through these when a person opens the message, so they speak for a person. */
const proxiesOfPeople = /GoogleImageProxy|YahooMailProxy/;

/** Gmail's other names, under which it fetches pictures and follows links before anybody has opened the message. */
const gmailAhead = /Edge\/12\.246 (?:Mozilla\/5\.0|Gmail-content-sampling)$/;

/** Apple's Mail Privacy Protection fetches every picture of every message, opened or not, and says no more than this. */
const privacyProxy = /^Mozilla\/5\.0$/;

/** Security gateways that `isbot` does not know by their names. */
const gateways =
  /tmufe|trend ?micro|forcepoint|proofpoint|urldefense|mimecast|barracuda|safelinks|ironport|symantec|sophos|hornetsecurity|vade ?secure|fireeye|zscaler|forti(guard|mail)|avanan|powershell/i;

/** Nobody reads a subject, opens and clicks within two seconds of delivery; link scanners do. */
const fastestPersonSeconds = 2;

/** Nobody follows two different links of a message within a second; who tries them all does. */
export const burstMs = 1000;

/** The first rule that fits decides. */
const rules: readonly (readonly [MachineSign, (hit: Hit) => boolean])[] = [
  ['head', ({ method }) => method === 'HEAD'],
  ['prefetch', ({ headers }) => /prefetch|preview|prerender/i.test(purposeOf(headers))],
  ['prefetch', (hit) => gmailAhead.test(agentOf(hit))],
  ['privacy-proxy', (hit) => privacyProxy.test(agentOf(hit))],
  ['no-agent', (hit) => agentOf(hit) === ''],
  ['bot', (hit) => isBotAgent(agentOf(hit))],
  ['at-once', ({ secondsSinceAccepted: it }) => it !== null && it < fastestPersonSeconds],
];

/** Null means a person. */
export function machineSign(hit: Hit): MachineSign | null {
  return rules.find(([, fits]) => fits(hit))?.[0] ?? null;
}

function agentOf({ headers }: Hit): string {
  return String(headers['user-agent'] ?? '').trim();
}

function purposeOf(headers: Hit['headers']): string {
  return ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'].map((name) => headers[name] ?? '').join(' ');
}

function isBotAgent(agent: string): boolean {
  return !proxiesOfPeople.test(agent) && (gateways.test(agent) || isbot(agent));
}
