import { setTimeout as wait } from 'node:timers/promises';
import { decideDueWinners } from '../../run/campaign/decide-winner.ts';
import type { Tally } from '../../run/ledger.ts';
import { type Worked, workRun } from '../../run/work-run.ts';
import type { Wire } from '../wire.ts';
import { explain } from './perform.ts';
import type { Progress } from './progress.ts';
import { sendConcurrency } from './run-jobs.ts';

/** What a campaign came to, as the command line prints it and `--json` gives it. */
export interface Summary {
  readonly profiles: number;
  readonly accepted: number;
  readonly skipped: Readonly<Record<string, number>>;
  /** Bounced ones included: they did not get the message. */
  readonly failed: number;
  readonly unknown: number;
  readonly cancelled: number;
  /** Not ended yet: due later, or in another worker's hands. */
  readonly open: number;
}

/** Whoever is due sooner than this is waited for; for the others a worker is woken. */
const patienceMs = 15_000;

/** Works on a run here until nothing is due soon. Other workers may work on it at the same time. */
export async function sendRun(
  runId: string,
  wire: Wire,
  options: { readonly progress?: Progress; readonly signal: AbortSignal },
): Promise<Summary> {
  const { progress, signal } = options;
  const { total, open } = await wire.ledger.tally(runId);
  let settled = total - open;
  for (;;) {
    const worked = await workRun(runId, wire, {
      concurrency: sendConcurrency,
      signal,
      onSettled: () => progress?.update(Math.min(++settled, total), total),
      onFault: (rowId, error) => process.stderr.write(`row ${rowId}: ${explain(error)}`),
    });
    // There may be no worker at it: whoever runs this again after the sample's time sends the rest.
    const named = worked.completed ? [] : await decideDueWinners(wire);
    if (named.some((it) => it.runId === runId) && !signal.aborted) continue;
    const waitMs = untilDue(worked, wire.now());
    if (waitMs !== null && waitMs <= patienceMs && !signal.aborted) {
      await wait(Math.max(200, waitMs), undefined, { signal }).catch(() => {});
      continue;
    }
    if (waitMs !== null && worked.nextDueAt !== null) await wire.queue.wakeRun(runId, worked.nextDueAt);
    return summarise(await wire.ledger.tally(runId));
  }
}

/** Null where nothing comes by itself any more. */
function untilDue({ completed, nextDueAt }: Worked, now: Date): number | null {
  return completed || nextDueAt === null ? null : Date.parse(nextDueAt) - now.getTime();
}

export function summarise(tally: Tally): Summary {
  const { byState } = tally;
  return {
    profiles: tally.total,
    accepted: byState.accepted ?? 0,
    skipped: tally.skipped,
    failed: (byState.failed ?? 0) + (byState.bounced ?? 0),
    unknown: byState.unknown ?? 0,
    cancelled: byState.cancelled ?? 0,
    open: tally.open,
  };
}

/** "243 accepted, 7 skipped (4 no-address, 3 no-consent)" */
export function inWords(summary: Summary): string {
  const reasons = Object.entries(summary.skipped).map(([reason, count]) => `${count} ${reason}`);
  const skipped = Object.values(summary.skipped).reduce((sum, count) => sum + count, 0);
  const parts = [`${summary.accepted} accepted`];
  if (skipped > 0) parts.push(`${skipped} skipped (${reasons.sort().join(', ')})`);
  if (summary.failed > 0) parts.push(`${summary.failed} failed`);
  if (summary.unknown > 0) parts.push(`${summary.unknown} unknown`);
  if (summary.cancelled > 0) parts.push(`${summary.cancelled} cancelled`);
  if (summary.open > 0) parts.push(`${summary.open} still open`);
  return parts.join(', ');
}
