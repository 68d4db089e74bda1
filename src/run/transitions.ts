// Enters: a ledger row's state and what happened to it. Leaves: the state it has then, or null: that cannot happen.
// Never: time, storage or policy. SQL takes its `where state in (…)` from this table.

/** Where a row can stand. The last five have ended for good unless an operator decides otherwise. */
export const states = [
  'planned',
  'claimed',
  'handoff',
  'deferred',
  'unknown',
  'accepted',
  'skipped',
  'cancelled',
  'bounced',
  'failed',
] as const;
export type State = (typeof states)[number];

export type Happening =
  /** A worker took it under a lease. */
  | 'claim'
  /** The worker gave it back untouched, or its lease ran out before the handoff. */
  | 'release'
  /** Decided against, with a reason. */
  | 'skip'
  /** Its person was erased before anything was handed over. */
  | 'erase'
  /** Committed before the mail server sees DATA: from here on the message may be out. */
  | 'hand-off'
  | 'accept'
  /** 4xx: not now. */
  | 'defer'
  /** 5xx at RCPT: never this address. */
  | 'bounce'
  | 'fail'
  /** The process or the connection ended after the handoff; nobody can tell whether the message is out. */
  | 'doubt'
  | 'cancel'
  /** An operator, or the campaign's `on_unknown: resend`, sends it again under the same Message-ID. */
  | 'resend';

const table: Readonly<Record<Happening, Readonly<Partial<Record<State, State>>>>> = {
  claim: { planned: 'claimed', deferred: 'claimed' },
  release: { claimed: 'planned' },
  skip: { claimed: 'skipped' },
  erase: { planned: 'skipped', claimed: 'skipped', deferred: 'skipped' },
  'hand-off': { claimed: 'handoff' },
  accept: { handoff: 'accepted', unknown: 'accepted' },
  defer: { handoff: 'deferred' },
  bounce: { handoff: 'bounced' },
  fail: { claimed: 'failed', handoff: 'failed', deferred: 'failed' },
  doubt: { handoff: 'unknown' },
  cancel: { planned: 'cancelled', deferred: 'cancelled' },
  resend: { unknown: 'planned', failed: 'planned' },
};

export function next(state: State, happening: Happening): State | null {
  return table[happening][state] ?? null;
}

/** The states in which it can happen, for SQL. */
export function sources(happening: Happening): State[] {
  return states.filter((state) => table[happening][state] !== undefined);
}

/** The one state it leads to, for SQL. */
export function target(happening: Happening): State {
  const targets = new Set(Object.values(table[happening]));
  const [only] = targets;
  if (only === undefined || targets.size !== 1)
    throw new Error(`${happening} leads to ${targets.size} states`);
  return only;
}

export function isEnded(state: State): boolean {
  return ['accepted', 'unknown', 'skipped', 'cancelled', 'bounced', 'failed'].includes(state);
}
