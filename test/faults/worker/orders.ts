// What is said between a worker under test and whoever started it.

/** Where a worker kills itself. Where the mail server has a part in it, the sink tells, and the parent kills. */
export type KillPoint =
  | 'after-claim'
  | 'before-settle'
  | 'after-settle'
  | 'before-complete'
  | 'after-complete';

export interface Kill {
  readonly point: KillPoint;
  /** At the n-th time. */
  readonly hits: number;
  /** Of this run alone. */
  readonly runId?: string;
}

export interface WorkerOptions {
  readonly concurrency: number;
  readonly leaseMs: number;
  readonly tickMs: number;
  readonly chunk: number;
  readonly silenceTimeoutMs: number;
}

export type ToWorker =
  /** Take jobs. With `kill`: end as kill -9 does, when it comes to the point. */
  | { readonly kind: 'work'; readonly kill: Kill | null }
  /** Start an occurrence of this campaign, as the command line would. */
  | { readonly kind: 'start'; readonly campaign: unknown; readonly occurrence: string };

export type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'working' }
  | { readonly kind: 'started'; readonly runId: string };
