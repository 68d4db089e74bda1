import type { Campaign } from '../campaign/campaign.ts';
import type { Snapshot } from '../merge/snapshot.ts';
import type { Profile, Purpose } from '../profile/profile.ts';
import type { Rule } from '../segment/rule.ts';
import type { State } from './transitions.ts';

export interface Run {
  readonly id: string;
  readonly kind: 'campaign' | 'trigger' | 'render';
  readonly name: string;
  /** What makes this run one of its kind: a date, an event's Idempotency-Key. */
  readonly occurrence: string;
  readonly campaign: Campaign;
  readonly state: 'planning' | 'running' | 'paused' | 'cancelled' | 'completed';
}

export type NewRun = Pick<Run, 'kind' | 'name' | 'occurrence' | 'campaign'>;

/** A row this worker may work on until its lease ends. `attempt` is the fence: writes of an older attempt change nothing. */
export interface Claim {
  readonly rowId: string;
  readonly runId: string;
  readonly attempt: number;
  /** Null when the person was erased meanwhile. */
  readonly profile: Profile | null;
  /** What the suppression list says about the address. */
  readonly suppressed: readonly (Purpose | '*')[];
  /** Set at an earlier attempt: the same message goes out under the same id from the same snapshot. */
  readonly messageId: string | null;
  readonly snapshot: Snapshot | null;
  /** ISO 8601, of the first attempt. */
  readonly firstTriedAt: string;
}

export type Outcome =
  | { readonly happening: 'accept'; readonly detail: string }
  | { readonly happening: 'defer'; readonly detail: string; readonly retryAfterMs: number }
  | { readonly happening: 'bounce' | 'fail' | 'doubt'; readonly detail: string };

export interface Tally {
  readonly total: number;
  readonly byState: Readonly<Partial<Record<State, number>>>;
  /** Why rows were skipped: reason → count. */
  readonly skipped: Readonly<Record<string, number>>;
  /** Rows that have not ended. */
  readonly open: number;
}

/** The truth about who gets what. Every method is one transaction; none is ever half done. */
export interface Ledger {
  /**
   * Starts a run and freezes its audience, both or neither. A second start of the same occurrence finds the first one.
   * `audience` is a rule, or the ids of the profiles meant.
   */
  open(
    run: NewRun,
    audience: { readonly rule: Rule } | { readonly profileIds: readonly string[] },
  ): Promise<{ run: Run; isNew: boolean }>;
  find(runId: string): Promise<Run>;
  claim(runId: string, options: { readonly limit: number; readonly leaseMs: number }): Promise<Claim[]>;
  release(claim: Claim): Promise<boolean>;
  skip(claim: Claim, reason: string): Promise<boolean>;
  /** Keeps the snapshot and marks the row as handed over; false when the lease was lost: then nothing may be sent. */
  handOff(claim: Claim, snapshot: Snapshot, messageId: string, expiresAt: Date): Promise<boolean>;
  settle(claim: Claim, outcome: Outcome): Promise<boolean>;
  /** Rows whose lease ran out: claimed ones are planned again, handed-over ones become unknown. Returns how many of each. */
  recover(runId: string): Promise<{ readonly released: number; readonly doubted: number }>;
  pause(runId: string, reason: string): Promise<void>;
  tally(runId: string): Promise<Tally>;
  /** Where one person's row stands. @throws DearlyError `run-missing` */
  look(
    runId: string,
    profileId: string,
  ): Promise<{ readonly state: State; readonly reason: string | null; readonly snapshot: Snapshot | null }>;
  /** When the next deferred row or lease is due, ISO 8601; null when nothing is open. */
  nextDueAt(runId: string): Promise<string | null>;
  /** Marks the run completed if every row has ended; true when it is completed. */
  complete(runId: string): Promise<boolean>;
}
