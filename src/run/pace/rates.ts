/** A rate: its name among all workers, and how far apart its slots are. */
export interface Limit {
  readonly key: string;
  readonly gapMs: number;
}

export interface Ask {
  readonly campaign: Limit | null;
  readonly domain: Limit | null;
  /** Slots in a row; 0 looks without taking. */
  readonly wanted: number;
  /** Nothing is taken when the campaign's slot is further away. */
  readonly withinMs: number;
  /** A domain's slot may come so much later than the campaign's and still use it. */
  readonly slackMs: number;
  /** Nothing is taken when the domain's comes so much later. */
  readonly holdMs: number;
}

export interface Reservation {
  /** `held`: only the domain's slot, and the campaign's has to be taken when it has come. */
  readonly outcome: 'granted' | 'held' | 'none';
  /** Whether the domain's slot is the later one. */
  readonly byDomain: boolean;
  /** Until the first slot. */
  readonly waitMs: number;
}

/** A domain, or `*` for the server that all mail goes through, that gets nothing for a while. */
export interface Pause {
  readonly domain: string;
  /** Not positive once it is over; its strikes are remembered. */
  readonly waitMs: number;
}

/** How the `strikes`th pause in a row is measured: `baseMs`, doubled each time, up to `longestMs`. */
export interface PauseLengths {
  readonly baseMs: number;
  readonly longestMs: number;
}

/** Slots and pauses that all workers share. Times are distances from now: machines need not agree on the clock. */
export interface Rates {
  /** Slots are in the future or now, never earlier: time in which nobody asked is not saved up. */
  reserve(ask: Ask): Promise<Reservation>;
  /** The next place in a line that moves on every `gapMs`, `notBeforeMs` from now at the earliest. Returns how far away it is. */
  queueUp(line: Limit, notBeforeMs: number): Promise<number>;
  pauses(): Promise<Pause[]>;
  /** A pause under way stays as it is: several refusals at once are one. */
  pause(domain: string, response: string, lengths: PauseLengths): Promise<void>;
  /** Halves its strikes; the last one goes. */
  ease(domain: string): Promise<void>;
  /** Drops what nobody needs any more. */
  forget(): Promise<void>;
}
