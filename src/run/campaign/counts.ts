import type { Figures } from '../../measure/cell.ts';

/** One variant in one part of a run. Held-out people are in none. */
export interface VariantTally {
  readonly variant: string;
  /** Null where the run takes no sample. */
  readonly phase: 'sample' | 'rest' | null;
  /** People whose message a mail server took. */
  readonly accepted: number;
  /** Those of them who had agreed to be counted: nobody else's clicks are known. */
  readonly trackable: number;
  /** Of the trackable. */
  readonly clicked: number;
  /** Of the accepted, since their message was out. */
  readonly converted: number;
}

/** A run whose sample has not named its winner yet. */
export interface Undecided {
  readonly runId: string;
  /** Of the sample. */
  readonly people: number;
  readonly ended: number;
  /** When nine in ten of the sample had ended; null while fewer have. */
  readonly through: Date | null;
}

export interface Decided {
  /** ISO 8601. */
  readonly at: string;
  /** As `Ledger.decideWinner` was given it. */
  readonly decision: unknown;
}

/** What the ledger and the events say of runs, counted: people, never hits, and machines left out. */
export interface Counts {
  /** By variant and phase, those with nobody in them left out. */
  variants(
    runId: string,
    options?: {
      readonly phase?: 'sample';
      /** What was done later does not count. */
      readonly until?: Date;
    },
  ): Promise<readonly VariantTally[]>;
  /** People of the run who converted since its start, whether they were written to or not. */
  converted(runId: string): Promise<{ readonly heldOut: number; readonly others: number }>;
  /** All that a report's funnels, values and surveys are made of. */
  figures(runId: string): Promise<Figures>;
  /** Whether nine in ten of the sample have ended: only then is it known when the winner is named at the latest. */
  isSampleOut(runId: string): Promise<boolean>;
  /** Running ones alone. */
  undecided(): Promise<readonly Undecided[]>;
  /** Says when the winner is named at the latest, now that it is known when people were written to. */
  decideAt(runId: string, at: Date): Promise<void>;
  /** Null before there is a winner. */
  decided(runId: string): Promise<Decided | null>;
}
