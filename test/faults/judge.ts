// Enters: what a mail server took, by its own log, and what the ledger says. Leaves: who is missing, doubled or in doubt.
// Never: a look at the clock, the database or the expectations of a fault: those judge the figures, not the people.

/** One line of the sink's log: a message that it answers for. */
export interface Taken {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly to: string;
  readonly messageId: string;
}

/** One row of the ledger, as it stands when all is over. */
export interface Row {
  readonly id: string;
  readonly address: string;
  readonly state: string;
}

export interface Judgement {
  /** Rows in an end state. */
  readonly ended: number;
  /** People who are neither in the log nor in a row that says so. */
  readonly missing: readonly string[];
  /** Messages beyond a person's first. */
  readonly duplicates: number;
  /** People whose messages differ in their Message-ID. */
  readonly renamed: readonly string[];
  /** Rows of which nobody can tell. */
  readonly unknown: number;
  /** People in the log whose row says that nothing went out, or who have no row. */
  readonly denied: readonly string[];
}

/** What a row can say of somebody who got nothing. `accepted` cannot: the sink would know. */
const saysSo = ['unknown', 'skipped', 'cancelled', 'bounced', 'failed'];
const saysSent = ['accepted', 'unknown'];
const endStates = ['accepted', ...saysSo];

/** @param people whom the campaign means, by address */
export function judge(people: readonly string[], log: readonly Taken[], rows: readonly Row[]): Judgement {
  const got = Map.groupBy(log, ({ to }) => to);
  const stands = new Map(rows.map(({ address, state }) => [address, state]));
  const speaks = (address: string, states: readonly string[]) => states.includes(stands.get(address) ?? '');
  return {
    ended: rows.filter(({ state }) => endStates.includes(state)).length,
    missing: people.filter((it) => !got.has(it) && !speaks(it, saysSo)),
    duplicates: [...got.values()].reduce((sum, messages) => sum + messages.length - 1, 0),
    renamed: [...got].flatMap(([to, messages]) =>
      new Set(messages.map(({ messageId }) => messageId)).size > 1 ? [to] : [],
    ),
    unknown: rows.filter(({ state }) => state === 'unknown').length,
    denied: [...got.keys()].filter((it) => !speaks(it, saysSent)),
  };
}

/** The most messages that any second held, wherever it begins. */
export function busiestSecond(log: readonly Pick<Taken, 'at'>[]): number {
  const times = log.map(({ at }) => at).sort((a, b) => a - b);
  let most = 0;
  let first = 0;
  for (const [last, at] of times.entries()) {
    while (at - (times[first] ?? at) >= 1000) first++;
    most = Math.max(most, last - first + 1);
  }
  return most;
}
