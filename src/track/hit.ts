// Enters: a request for something behind a link. Leaves: whether a person or a machine made it, and by which rule.
// Never: a refusal. Machines get the same answer, they are only counted apart.
import { isbot } from 'isbot';

export interface Hit {
  readonly method: string;
  /** Names in lower case, as Node gives them. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Since the mail server took the message; null where nothing was sent. */
  readonly secondsSinceAccepted: number | null;
}

export type MachineSign = 'head' | 'prefetch' | 'no-agent' | 'bot' | 'at-once';

/** Gmail and Yahoo fetch pictures through these when a person opens the message, so they speak for a person. */
const proxiesOfPeople = /GoogleImageProxy|YahooMailProxy/;

/** Nobody reads a subject, opens and clicks within two seconds of delivery; link scanners do. */
const fastestPersonSeconds = 2;

/** The first rule that fits decides. */
const rules: readonly (readonly [MachineSign, (hit: Hit) => boolean])[] = [
  ['head', ({ method }) => method === 'HEAD'],
  ['prefetch', ({ headers }) => /prefetch|preview|prerender/i.test(purposeOf(headers))],
  ['no-agent', ({ headers }) => !headers['user-agent']],
  ['bot', ({ headers }) => isBotAgent(String(headers['user-agent']))],
  ['at-once', ({ secondsSinceAccepted: it }) => it !== null && it < fastestPersonSeconds],
];

/** Null means a person. */
export function machineSign(hit: Hit): MachineSign | null {
  return rules.find(([, fits]) => fits(hit))?.[0] ?? null;
}

function purposeOf(headers: Hit['headers']): string {
  return ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'].map((name) => headers[name] ?? '').join(' ');
}

function isBotAgent(agent: string): boolean {
  return !proxiesOfPeople.test(agent) && isbot(agent);
}
