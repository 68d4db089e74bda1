// Enters: a run. Leaves: as many of its rows settled as are due now. Never: an end while a row is open.
import { DearlyError } from '../errors.ts';
import type { Claim } from './ledger.ts';
import { type OneTools, one, type Settled } from './one.ts';
import { makePace } from './pace.ts';

export interface WorkOptions {
  /** Messages on their way at once. */
  readonly concurrency: number;
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
  /** When the next row is due, ISO 8601, now or earlier after a slice; null when none is open. */
  readonly nextDueAt: string | null;
}

/** Works until nothing is due, the run is paused or cancelled, or `signal` asks to stop; then gives back what it holds. */
export async function workRun(
  runId: string,
  tools: Omit<OneTools, 'pace'>,
  options: WorkOptions,
): Promise<Worked> {
  const { chunk = 200, leaseMs = 120_000, sliceMs = Number.POSITIVE_INFINITY } = options;
  const { ledger } = tools;
  const { campaign } = await ledger.find(runId);
  const withPace: OneTools = { ...tools, pace: makePace(campaign.throttle?.per_second) };
  const endsAt = performance.now() + sliceMs;
  await ledger.recover(runId);
  while (!options.signal?.aborted && performance.now() < endsAt) {
    const claims = await ledger.claim(runId, { limit: chunk, leaseMs });
    if (claims.length === 0) break;
    if (claims.length === chunk) options.onMore?.();
    const lane = async () => {
      for (let claim = claims.shift(); claim !== undefined; claim = claims.shift()) {
        if (options.signal?.aborted) {
          await ledger.release(claim);
          continue;
        }
        const settled = await settle(claim);
        options.onSettled?.(settled);
      }
    };
    await Promise.all(Array.from({ length: options.concurrency }, lane));
  }
  return { completed: await ledger.complete(runId), nextDueAt: await ledger.nextDueAt(runId) };

  async function settle(claim: Claim): Promise<Settled> {
    try {
      return await one(claim, campaign, withPace, options.signal);
    } catch (error) {
      if (options.signal?.aborted) {
        await ledger.release(claim);
        return 'lost';
      }
      options.onFault?.(claim.rowId, error);
      const detail = error instanceof DearlyError ? error.code : 'internal';
      return (await ledger.settle(claim, { happening: 'fail', detail })) ? 'failed' : 'lost';
    }
  }
}
