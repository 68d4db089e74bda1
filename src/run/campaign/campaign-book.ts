import type { Campaign } from '../../campaign/campaign.ts';
import type { Run } from '../ledger.ts';

/** A campaign whose occurrences come by themselves. */
export interface ScheduledCampaign {
  readonly campaign: Campaign;
  /** ISO 8601; null: none comes any more. */
  readonly nextAt: string | null;
  /** Occurrences that a newer one stood in for, because nobody was there to start them, since it was put down or changed. */
  readonly missed: number;
  /** When that was seen last, ISO 8601. */
  readonly missedAt: string | null;
  /** Why the due occurrence cannot be started; it is tried again each minute. */
  readonly trouble: string | null;
}

export type Taken =
  | { readonly kind: 'started'; readonly nextAt: Date | null; readonly missed: number }
  | { readonly kind: 'trouble'; readonly trouble: string };

/** Which campaigns come by themselves, and when next. What an occurrence did stands in the ledger. */
export interface CampaignBook {
  find(name: string): Promise<ScheduledCampaign | null>;
  /** By name. */
  list(): Promise<readonly ScheduledCampaign[]>;
  /** Puts it down, or in the place of the one of that name. */
  keep(campaign: Campaign, nextAt: Date): Promise<void>;
  /** No further occurrence; runs go on. False where none was to come. */
  end(name: string): Promise<boolean>;
  /**
   * Gives one that is due to `start`, held so that no other worker has it meanwhile, and writes down what came of it.
   * False where none is due. When `start` throws, it stays due.
   */
  takeDue(
    now: Date,
    start: (due: { readonly campaign: Campaign; readonly dueAt: Date }) => Promise<Taken>,
  ): Promise<boolean>;
  /** Its runs that have not ended, newest first. */
  openRuns(name: string): Promise<readonly Run[]>;
  findRun(name: string, occurrence: string): Promise<Run | null>;
}
