// Enters: a ledger row's state and what happened to it. Leaves: the state it has then, or null: that cannot happen.
// Never: time, storage or policy. SQL takes its `where state in (…)` from this table.

/** Where a row can stand. The last six have ended, for good unless an operator decides otherwise. */
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

/** The states of rows that have not ended. */
export const openStates: readonly State[] = states.slice(0, 4);

export type Happening =
  /** A worker took it under a lease. */
  | 'claim'
  /** The worker gave it back untouched, or its lease ran out before the handoff. */
  | 'release'
  /** Decided: not now (quiet hours, a paused domain). No try is counted. */
  | 'postpone'
  /** Decided against, with a reason. */
  | 'skip'
  /** Its person was erased before anything was handed over. */
  | 'erase'
  /** A fault of ours before the handoff that may pass. It counts as a try. */
  | 'stumble'
  /** A fault or bug of ours before the handoff that stays. */
  | 'break'
  /** Committed before the mail server sees DATA: from here on the message may be out. */
  | 'hand-off'
  | 'accept'
  /** 4xx: not now. */
  | 'defer'
  /** 5xx at RCPT: never this address. */
  | 'bounce'
  /** It came back after the server had taken it. */
  | 'return'
  /** Refused for good, for another reason. */
  | 'fail'
  /** The process or the connection ended after the handoff; nobody can tell whether the message is out. */
  | 'doubt'
  /** The run was cancelled, and nobody holds the row. */
  | 'cancel'
  /** The run was cancelled while a worker held the row; it comes back, and is certainly not out. */
  | 'drop'
  /** An operator, or the campaign's `on_unknown: resend`, sends it again under the same Message-ID. */
  | 'resend'
  /** An operator takes it as sent. */
  | 'assume'
  /** An operator tries what failed once more. */
  | 'retry';

const table: Readonly<Record<Happening, Readonly<Partial<Record<State, State>>>>> = {
  claim: { planned: 'claimed', deferred: 'claimed' },
  release: { claimed: 'planned' },
  postpone: { claimed: 'deferred' },
  skip: { claimed: 'skipped' },
  erase: { planned: 'skipped', claimed: 'skipped', deferred: 'skipped' },
  stumble: { claimed: 'deferred' },
  break: { claimed: 'failed' },
  'hand-off': { claimed: 'handoff' },
  // An answer that comes after the lease ended clears up the doubt.
  accept: { handoff: 'accepted', unknown: 'accepted' },
  defer: { handoff: 'deferred' },
  bounce: { handoff: 'bounced', unknown: 'bounced' },
  return: { accepted: 'bounced', unknown: 'bounced' },
  fail: { handoff: 'failed', unknown: 'failed' },
  doubt: { handoff: 'unknown' },
  cancel: { planned: 'cancelled', deferred: 'cancelled' },
  drop: { claimed: 'cancelled', handoff: 'cancelled' },
  resend: { unknown: 'planned' },
  assume: { unknown: 'accepted' },
  retry: { failed: 'planned' },
};

/** All there are. */
export const happenings = Object.keys(table) as Happening[];

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
  return !openStates.includes(state);
}
