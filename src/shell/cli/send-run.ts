import type { Tally } from '../../run/ledger.ts';
import { workRun } from '../../run/work-run.ts';
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
  /** Not ended yet: deferred by a mail server, or in another worker's hands. */
  readonly open: number;
}

/** Works on a run here until nothing is due, showing how far it is. Other workers may work on it at the same time. */
export async function sendRun(
  runId: string,
  wire: Wire,
  options: { readonly progress: Progress; readonly signal: AbortSignal },
): Promise<Summary> {
  const { total } = await wire.ledger.tally(runId);
  let settled = 0;
  const worked = await workRun(runId, wire, {
    concurrency: sendConcurrency,
    signal: options.signal,
    onSettled: () => options.progress.update(++settled, total),
    onFault: (rowId, error) => process.stderr.write(`row ${rowId}: ${explain(error)}`),
  });
  if (!worked.completed && worked.nextDueAt !== null) await wire.queue.wakeRun(runId, worked.nextDueAt);
  return summarise(await wire.ledger.tally(runId));
}

export function summarise(tally: Tally): Summary {
  const { byState } = tally;
  return {
    profiles: tally.total,
    accepted: byState.accepted ?? 0,
    skipped: tally.skipped,
    failed: (byState.failed ?? 0) + (byState.bounced ?? 0) + (byState.cancelled ?? 0),
    unknown: byState.unknown ?? 0,
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
  if (summary.open > 0) parts.push(`${summary.open} still open`);
  return parts.join(', ');
}
