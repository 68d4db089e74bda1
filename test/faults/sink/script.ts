// What is said between the sink and whoever writes its part. Both are processes of their own.

/** Where a conversation can be held: the client waits for an answer that never comes. */
export type SinkPoint = 'after-rcpt' | 'in-data' | 'after-dot';

/** An answer other than 250. The first rule that fits speaks. */
export interface Rule {
  readonly at: 'rcpt' | 'dot';
  readonly code: number;
  readonly text: string;
  readonly domain?: string;
  /** Only addresses whose number (`p17@…`) can be divided by this. */
  readonly every?: number;
  /** So often per recipient; after that, and without an end where it is left out, 250. */
  readonly times?: number;
}

export interface Script {
  /** `refuse`: 421 at the door. `close`: hangs up without a word. */
  readonly greeting?: 'welcome' | 'refuse' | 'close';
  /** The one password that is let in; without it nobody is asked. */
  readonly password?: string;
  readonly rules?: readonly Rule[];
  /** Before the 250 of every n-th message. The log has the message already. */
  readonly delay?: { readonly every: number; readonly ms: number };
}

export type ToSink =
  | { readonly kind: 'script'; readonly script: Script }
  /** Hangs up wherever no message is under way. */
  | { readonly kind: 'hang-up' }
  /** The n-th from now on to come to the point is held there, and told. @param isTaken whether the log has its message */
  | {
      readonly kind: 'watch';
      readonly point: SinkPoint;
      readonly hits: number;
      readonly isTaken: boolean;
    };

export type FromSink =
  | { readonly kind: 'listening'; readonly port: number }
  | { readonly kind: 'taken'; readonly count: number }
  | { readonly kind: 'held' };
