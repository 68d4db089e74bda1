import { newestDue, nextOccurrence } from '../../campaign/next-occurrence.ts';
import { DearlyError } from '../../errors.ts';
import { startRun } from '../start-run.ts';
import type { Chore } from '../tick.ts';
import type { Taken } from './campaign-book.ts';
import type { CampaignTools } from './start-campaign.ts';

/** Schedules know minutes: seconds late is on time. */
export function campaignChore(tools: CampaignTools): Chore {
  return {
    name: 'campaigns',
    everyMs: 5000,
    async run(signal) {
      await startDueCampaigns(tools, signal);
    },
  };
}

/**
 * Starts what is due, each occurrence once, however many workers call: one holds the campaign while it starts, and the
 * ledger knows the occurrence by its moment. After a time in which nobody called, only the newest starts; the older ones
 * are counted as missed, for a message of last week would come beside that of today. Returns how many were looked at.
 */
export async function startDueCampaigns(tools: CampaignTools, signal?: AbortSignal): Promise<number> {
  for (let count = 0; ; count++) {
    if (signal?.aborted) return count;
    const now = tools.now();
    if (!(await tools.campaigns.takeDue(now, (due) => startDue(due, now, tools)))) return count;
  }
}

type Due = Parameters<Parameters<CampaignTools['campaigns']['takeDue']>[1]>[0];

async function startDue({ campaign, dueAt }: Due, now: Date, tools: CampaignTools): Promise<Taken> {
  const { name, schedule } = campaign;
  if (schedule === undefined) throw new Error(`${name} has no schedule`);
  const { newest, missed } = newestDue(schedule, dueAt, now);
  const run = { kind: 'campaign', name, occurrence: newest.toISOString(), campaign } as const;
  try {
    await startRun(run, tools);
  } catch (error) {
    if (!(error instanceof DearlyError) || error.kind === 'outside') throw error;
    // This occurrence was started by hand, from another definition: it has come.
    if (error.code !== 'campaign-running') return { kind: 'trouble', trouble: inWords(error) };
  }
  return { kind: 'started', nextAt: nextOccurrence(schedule, newest), missed };
}

function inWords({ message, code, details }: DearlyError): string {
  return `${message} [${code}] ${details.join('; ')}`.trim().slice(0, 500);
}
