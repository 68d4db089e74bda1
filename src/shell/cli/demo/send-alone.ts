// Enters: a campaign. Leaves: a run of it that this process alone has sent, into this demo's inbox.
// Never: another demo's mail in it, be that one under way or killed in the middle.
import { randomUUID } from 'node:crypto';
import { openCampaignRuns } from '../../../adapters/postgres/open-campaign-runs.ts';
import type { Campaign } from '../../../campaign/campaign.ts';
import { startRun } from '../../../run/start-run.ts';
import type { Wire } from '../../wire.ts';
import type { Progress } from '../progress.ts';
import { type Summary, sendRun } from '../send-run.ts';

const prefix = 'demo-';

/** Each demo is an occurrence of its own: it may be run as often as one likes. Several at once send in turn. */
export async function sendAlone(
  campaign: Campaign,
  wire: Wire,
  options: { readonly progress: Progress; readonly signal: AbortSignal },
): Promise<{ readonly runId: string; readonly summary: Summary }> {
  const occurrence = `${prefix}${randomUUID()}`;
  const send = async () => {
    await cancelKilled(wire);
    const { run } = await startRun({ kind: 'campaign', name: campaign.name, occurrence, campaign }, wire);
    return { runId: run.id, summary: await sendRun(run.id, wire, options) };
  };
  return await wire.locks.hold('demo', send, options.signal);
}

/** Whether a demo that sends it alone is at it. */
export async function isDemos(runId: string, { ledger }: Pick<Wire, 'ledger'>): Promise<boolean> {
  return (await ledger.find(runId)).occurrence.startsWith(prefix);
}

/** To be called while it is our turn: whoever began one of these is gone, and with it the inbox that it wrote to. */
async function cancelKilled(wire: Wire): Promise<void> {
  for (const runId of await openCampaignRuns(wire.db, 100)) {
    if (!(await isDemos(runId, wire))) continue;
    await wire.ledger.cancel(runId);
    await wire.ledger.complete(runId);
  }
}
