import type { Campaign } from '../campaign/campaign.ts';
import type { FrequencyCap } from '../decide/decide.ts';
import type { Snapshot } from '../merge/snapshot.ts';
import type { Json, Profile, Purpose } from '../profile/profile.ts';
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
  /** Null unless it is paused. */
  readonly pauseReason: string | null;
  /** The variant that those get who were not in the sample; null until it is known. */
  readonly winner: string | null;
  /** When the winner is named at the latest, ISO 8601; null without a sample. */
  readonly decideAt: string | null;
  /** ISO 8601. */
  readonly createdAt: string;
  /** Since when every row has ended, ISO 8601; a cancelled run has it too, once its last message has its answer. */
  readonly endedAt: string | null;
}

export type NewRun = Pick<Run, 'kind' | 'name' | 'occurrence' | 'campaign'>;

/** A rule, or the ids of the profiles meant. */
export type Audience = { readonly rule: Rule } | { readonly profileIds: readonly string[] };

/** A row this worker may work on until its lease ends. `attempt` is the fence: writes of an older attempt change nothing. */
export interface Claim {
  readonly rowId: string;
  readonly runId: string;
  readonly attempt: number;
  /** How long the row is this worker's; its handoff starts the time anew. */
  readonly leaseMs: number;
  /** How often it was tried before: handed over, or ended by a fault of ours. */
  readonly tries: number;
  /** Null when the person was erased meanwhile. */
  readonly profile: Profile | null;
  /** What the suppression list says about the address. */
  readonly suppressed: readonly (Purpose | '*')[];
  /** As drawn at the freeze, else the run's winner; null in runs of old. */
  readonly variant: string | null;
  /** The recipient's domain in lower case, for pace. */
  readonly domain: string | null;
  /** Messages of campaigns and triggers handed over to this person within the campaign's `frequency_cap.days`; 0 where it has none. */
  readonly recentMessages: number;
  /** Set at an earlier try: the same message goes out under the same id from the same snapshot. */
  readonly messageId: string | null;
  readonly snapshot: Snapshot | null;
  /** ISO 8601, of the first try; null before it. */
  readonly firstTriedAt: string | null;
  /** ISO 8601. */
  readonly runStartedAt: string;
}

/** What a mail server's answer, or its silence, means for the row that was handed over. */
export type Outcome =
  | { readonly happening: 'accept'; readonly detail: string }
  | {
      readonly happening: 'defer';
      readonly detail: string;
      readonly retryAfterMs: number;
      /** Nobody can tell whether it is out, and the campaign sends again: in a run that was cancelled it stays in doubt. */
      readonly mayBeOut?: true;
    }
  | { readonly happening: 'bounce' | 'fail' | 'doubt'; readonly detail: string };

/** What a fault or bug of ours means for a row that was not handed over yet. */
export interface Fault {
  /** Its code. */
  readonly detail: string;
  /** Null: it will not pass, the row has failed. */
  readonly retryAfterMs: number | null;
}

/**
 * `lost`: another worker holds the row. `stopped`: the run is paused or cancelled. `suppressed`: the person said no since the claim.
 * `capped`: another campaign was faster.
 */
export type HandOff = 'handed-over' | 'lost' | 'stopped' | 'suppressed' | 'capped';

export interface Tally {
  readonly total: number;
  readonly byState: Readonly<Partial<Record<State, number>>>;
  /** Why rows were skipped: reason → count. */
  readonly skipped: Readonly<Record<string, number>>;
  /** Rows that have not ended. */
  readonly open: number;
}

/** Who got what: one row of a run, with every step it took. */
export interface RowHistory {
  readonly rowId: string;
  /** Null where the person was erased. */
  readonly profileId: string | null;
  readonly externalId: string | null;
  readonly state: State;
  readonly reason: string | null;
  readonly variant: string | null;
  readonly messageId: string | null;
  /** What the message says and is made of; null where none was handed over, or the person was erased. */
  readonly snapshotId: string | null;
  readonly pack: { readonly name: string; readonly version: string } | null;
  readonly composition: { readonly name: string; readonly version: string } | null;
  /** Names the facts that the message was made of: the same for the same facts. Null in snapshots of old. */
  readonly dataVersion: string | null;
  readonly steps: readonly {
    /** ISO 8601. */
    readonly at: string;
    readonly attempt: number;
    readonly state: State;
    readonly detail: string | null;
  }[];
}

/** The truth about who gets what. Every verb is one transaction; none is ever half done. */
export interface Ledger {
  /**
   * Starts a run and freezes its audience, both or neither: who is held out, in the sample, and gets which variant is drawn
   * here, once. A second start of the same occurrence finds the first one.
   * @throws DearlyError `campaign-running` when the first one is still open and the campaign says something else now
   */
  open(run: NewRun, audience: Audience): Promise<{ run: Run; isNew: boolean }>;
  /** @throws DearlyError `run-missing` */
  find(runId: string): Promise<Run>;
  /** Rows that are due, under a lease. Nothing of a run that is not running, of a paused domain, or of the rest before there is a winner. */
  claim(runId: string, options: { readonly limit: number; readonly leaseMs: number }): Promise<Claim[]>;
  /** Gives a claimed row back untouched. In a run that was cancelled meanwhile this ends it. */
  release(claim: Claim): Promise<boolean>;
  skip(claim: Claim, reason: string): Promise<boolean>;
  /** Not now, and no try counted: it is due again at `until`. In a run that was cancelled meanwhile this ends it. */
  postpone(claim: Claim, until: Date, why: string): Promise<boolean>;
  /**
   * Keeps the snapshot and marks the row as handed over, after a last look at run, suppression, consent and the cap; the lease
   * starts anew. Only after `handed-over` may anything be sent.
   */
  handOff(
    claim: Claim,
    snapshot: Snapshot,
    messageId: string,
    expiresAt: Date,
    cap?: FrequencyCap,
  ): Promise<HandOff>;
  /** What became of a handed-over row. A late answer still counts where the row is only in doubt. */
  settle(claim: Claim, outcome: Outcome): Promise<boolean>;
  /** For a claimed row alone: once it is handed over, nothing but `settle` or the lease's end moves it. */
  fail(claim: Claim, fault: Fault): Promise<boolean>;
  /**
   * Rows whose lease ran out: claimed ones are planned again, handed-over ones become unknown (or are planned again under
   * `on_unknown: resend`). In a cancelled run it also ends what slipped through. Returns how many of each.
   */
  recover(runId: string): Promise<{ readonly released: number; readonly doubted: number }>;
  /** Changes a running run alone; what is handed over already gets its answer. */
  pause(runId: string, reason: string): Promise<void>;
  /** Changes a paused run alone. */
  resume(runId: string): Promise<void>;
  /** Ends every row that nobody holds; returns how many. Held ones end when they are given back, handed-over ones by their answer. */
  cancel(runId: string): Promise<number>;
  /** Plans the failed rows again, and only them, from fresh data; the run runs again. @throws DearlyError `run-cancelled` */
  retryFailed(runId: string): Promise<number>;
  /** Rows in doubt: sent again under the same Message-ID, or taken as accepted. @throws DearlyError `run-cancelled` for `resend` */
  resolveUnknown(runId: string, how: 'resend' | 'accept'): Promise<number>;
  /** Names what the rest gets. Only once: false when there is a winner already. */
  decideWinner(runId: string, variant: string, decision: Json): Promise<boolean>;
  tally(runId: string): Promise<Tally>;
  /** Where one person's row stands. @throws DearlyError `run-missing` */
  look(
    runId: string,
    profileId: string,
  ): Promise<{ readonly state: State; readonly reason: string | null; readonly snapshot: Snapshot | null }>;
  /** Every row of the run, or one person's (id or external id), read a page at a time. */
  history(runId: string, profileKey?: string): AsyncIterable<RowHistory>;
  /** When there is something to do next by itself (a row due, a lease ended, a winner to name), ISO 8601 by this machine's clock; null when nothing is. */
  nextDueAt(runId: string): Promise<string | null>;
  /** Marks the run as ended if every row has; true when it has ended. */
  complete(runId: string): Promise<boolean>;
}
