// Enters: a run. Leaves: as many of its rows settled as are due now. Never: an end while a row is open, or a row that failed
// because the database was away.
import { setTimeout as wait } from 'node:timers/promises';
import type { Campaign } from '../campaign/campaign.ts';
import { openFeed } from './feed.ts';
import { isDatabaseAway, keepTrying } from './keep-trying.ts';
import type { Claim } from './ledger.ts';
import { type OneTools, one, type Settled } from './one.ts';
import { attemptsOf, faultOf } from './outcome.ts';
import { type Lanes, openLanes, openPace, type Pace } from './pace/pace.ts';
import type { Rates } from './pace/rates.ts';

export type WorkTools = Omit<OneTools, 'pace'> & { readonly rates: Rates };

export interface WorkOptions {
  /** Messages on their way at once. */
  readonly concurrency: number;
  /** Shared with the process's other runs: `concurrency` holds for all of them together then. */
  readonly lanes?: Lanes;
  /** Rows taken at once, at most. */
  readonly chunk?: number;
  /** How long a row is this worker's alone, counted anew at its handoff. */
  readonly leaseMs?: number;
  /** After so long it ends though rows are due: other runs have their turn. Without it, it goes on. */
  readonly sliceMs?: number;
  readonly signal?: AbortSignal;
  /** A whole chunk was due: there is work for another worker. */
  readonly onMore?: () => void;
  readonly onSettled?: (settled: Settled) => void;
  /** A fault or bug in one row; the others go on. */
  readonly onFault?: (rowId: string, error: unknown) => void;
}

export interface Worked {
  readonly completed: boolean;
  /** When there is something to do next, ISO 8601, now or earlier after a slice; null when nothing comes by itself. */
  readonly nextDueAt: string | null;
}

/** Rows that come so soon are waited for: a domain with a limit has one every fraction of a second. */
const soonMs = 1000;

/**
 * Works until nothing is due, the run is paused or cancelled, its slice is over, or `signal` asks to stop; then gives back what
 * it holds. @throws DearlyError `database-unavailable` after a minute without a database; leases bring back what it held
 */
export async function workRun(runId: string, tools: WorkTools, options: WorkOptions): Promise<Worked> {
  const { ledger } = tools;
  const { concurrency, signal, lanes = openLanes(tools.rates, concurrency) } = options;
  const { sliceMs = Number.POSITIVE_INFINITY } = options;
  const patiently = <T>(ask: () => Promise<T>): Promise<T> => keepTrying(ask, { signal });
  const { campaign } = await patiently(() => ledger.find(runId));
  const pace = openPace(runId, campaign, lanes);
  const endsAt = performance.now() + sliceMs;
  await patiently(() => ledger.recover(runId));
  for (;;) {
    const restsUntil = await work(runId, { ...tools, pace }, campaign, options, endsAt);
    const completed = await patiently(() => ledger.complete(runId));
    const nextDueAt = completed ? null : await patiently(() => ledger.nextDueAt(runId));
    const dueAt = nextDueAt === null ? null : Math.max(Date.parse(nextDueAt), restsUntil?.getTime() ?? 0);
    // Never none at all: what is due now may be in another worker's hands.
    const waitMs = dueAt === null ? Number.POSITIVE_INFINITY : Math.max(20, dueAt - Date.now());
    if (waitMs > soonMs || signal?.aborted || performance.now() + waitMs > endsAt)
      return { completed, nextDueAt: dueAt === null ? null : new Date(dueAt).toISOString() };
    await wait(waitMs, undefined, signal ? { signal } : {}).catch(() => {});
  }
}

/** Until nothing is due now. Returns until when all its rows have to wait, where that is why it ended. */
async function work(
  runId: string,
  tools: OneTools,
  campaign: Campaign,
  options: WorkOptions,
  endsAt: number,
): Promise<Date | null> {
  const { ledger, pace } = tools;
  const { concurrency, chunk = 500, leaseMs = 120_000, signal } = options;
  const perSecond = campaign.throttle?.per_second ?? Number.POSITIVE_INFINITY;
  // Lanes of a slow run would only wait for each other's slots.
  const laneCount = Math.max(1, Math.min(concurrency, Math.ceil(perSecond)));
  const startedAt = performance.now();
  let settledCount = 0;
  let restsUntil: Date | null = null;
  let isDatabaseLost = false;

  /** As many as are done in a quarter of their lease, so that none waits here until it belongs to somebody else. */
  function chunkSize(): number {
    const seconds = (performance.now() - startedAt) / 1000;
    const seen = settledCount === 0 ? Number.POSITIVE_INFINITY : settledCount / seconds;
    const forSeconds = Math.min(leaseMs / 4000, 10);
    return Math.ceil(Math.max(laneCount, Math.min(chunk, Math.min(perSecond, seen) * forSeconds)));
  }

  const feed = openFeed(async () => {
    if (signal?.aborted || performance.now() > endsAt) return [];
    const rest = await restOf(pace);
    restsUntil = rest;
    if (rest !== null) return [];
    const limit = settledCount === 0 ? Math.min(100, chunkSize()) : chunkSize();
    const claims = await keepTrying(() => ledger.claim(runId, { limit, leaseMs }), { signal });
    if (claims.length === limit) options.onMore?.();
    return claims;
  }, laneCount);

  const lane = async () => {
    for (let claim = await feed.next(); claim !== null; claim = await feed.next()) {
      const settled = signal?.aborted ? await giveBack(claim) : await settle(claim);
      settledCount++;
      options.onSettled?.(settled);
    }
  };
  await Promise.all(Array.from({ length: laneCount }, lane));
  if (feed.failure !== null) throw feed.failure;
  return restsUntil;

  async function settle(claim: Claim): Promise<Settled> {
    try {
      const pause = await pace.paused(claim.domain);
      if (pause === null) return await one(claim, campaign, tools, signal);
      return (await ledger.postpone(claim, pause.until, pause.why)) ? 'postponed' : 'lost';
    } catch (error) {
      if (signal?.aborted || isDatabaseAway(error)) return await giveBack(claim);
      options.onFault?.(claim.rowId, error);
      const fault = faultOf(error, attemptsOf(claim, campaign, tools));
      try {
        if (!(await keepTrying(() => ledger.fail(claim, fault), { signal }))) return 'lost';
      } catch {
        return 'lost';
      }
      return fault.retryAfterMs === null ? 'failed' : 'deferred';
    }
  }

  /** Moves claimed rows alone: one that was handed over gets its answer, or is in doubt when its lease ends. */
  async function giveBack(claim: Claim): Promise<Settled> {
    if (isDatabaseLost) return 'lost';
    try {
      return (await keepTrying(() => ledger.release(claim), { signal })) ? 'stopped' : 'lost';
    } catch (error) {
      // The lease brings it back; the others need not wait for the same silence.
      isDatabaseLost = true;
      options.onFault?.(claim.rowId, error);
      return 'lost';
    }
  }
}

async function restOf(pace: Pace): Promise<Date | null> {
  return (await keepTrying(() => pace.rest()))?.until ?? null;
}
