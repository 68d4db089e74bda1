import type { Ledger } from '../../../src/run/ledger.ts';
import type { Kill, KillPoint } from './orders.ts';

/** A real ledger in a process that ends, without a word or a clean-up, at the n-th time that it comes to the point. */
export function killLedger(ledger: Ledger, { point, hits, runId: only }: Kill): Ledger {
  let left = hits;
  const here = (at: KillPoint, runId: string, counts: boolean) => {
    if (at === point && counts && (only === undefined || runId === only) && --left <= 0)
      process.kill(process.pid, 'SIGKILL');
  };
  return {
    ...ledger,
    async claim(runId, options) {
      const claims = await ledger.claim(runId, options);
      here('after-claim', runId, claims.length > 0);
      return claims;
    },
    async settle(claim, outcome) {
      here('before-settle', claim.runId, outcome.happening === 'accept');
      const settled = await ledger.settle(claim, outcome);
      here('after-settle', claim.runId, outcome.happening === 'accept');
      return settled;
    },
    async complete(runId) {
      if (point === 'before-complete') here(point, runId, (await ledger.tally(runId)).open === 0);
      const completed = await ledger.complete(runId);
      here('after-complete', runId, completed);
      return completed;
    },
  };
}
