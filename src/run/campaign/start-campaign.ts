// Enters: a checked campaign, and which occurrence is meant. Leaves: its run, or the moments at which runs will come.
// Never: a second run of an occurrence, or another definition under a run that is going on.
import type { Campaign } from '../../campaign/campaign.ts';
import { differingFields } from '../../campaign/differing-fields.ts';
import { comesByItself, nextOccurrences } from '../../campaign/next-occurrence.ts';
import { draftOf } from '../../campaign/read-campaign.ts';
import { DearlyError } from '../../errors.ts';
import type { Run } from '../ledger.ts';
import { type StartTools, startRun } from '../start-run.ts';
import type { CampaignBook } from './campaign-book.ts';
import { checkCampaign } from './check-campaign.ts';

export interface CampaignTools extends StartTools {
  readonly campaigns: CampaignBook;
  readonly now: () => Date;
}

export type Started =
  | { readonly kind: 'started'; readonly run: Run; readonly isNew: boolean }
  | {
      readonly kind: 'scheduled';
      /** ISO 8601, the next ones, the earliest first. */
      readonly next: readonly string[];
      readonly change: 'new' | 'same' | 'replaced';
      /** What differs from the one it replaces, ready to print. */
      readonly differences: readonly string[];
    };

/**
 * A campaign with a schedule is put down, and its occurrences come by themselves; one without starts now. Naming an
 * occurrence starts just that one, schedule or not. Without a name the run that is still open goes on: whoever calls twice
 * on two days means one campaign. @throws DearlyError `campaign-invalid`, `campaign-running`
 */
export async function startCampaign(
  campaign: Campaign,
  occurrence: string | undefined,
  tools: CampaignTools,
): Promise<Started> {
  if (occurrence !== undefined) return await start(campaign, occurrence, tools);
  if (comesByItself(campaign.schedule)) return await schedule(campaign, tools);
  const [open] = await tools.campaigns.openRuns(campaign.name);
  return await start(campaign, open?.occurrence ?? tools.now().toISOString().slice(0, 10), tools);
}

async function start(campaign: Campaign, occurrence: string, tools: CampaignTools): Promise<Started> {
  return {
    kind: 'started',
    ...(await startRun({ kind: 'campaign', name: campaign.name, occurrence, campaign }, tools)),
  };
}

async function schedule(campaign: Campaign, tools: CampaignTools): Promise<Started> {
  const { campaigns, shelf, now } = tools;
  const { name, schedule: when } = campaign;
  if (!comesByItself(when)) throw new Error('only what comes by itself is put down');
  await checkCampaign(draftOf(campaign), shelf);
  const moments = nextOccurrences(when, now(), 3);
  const [first] = moments;
  if (first === undefined) return await goOn(campaign, tools);
  const next = moments.map((it) => it.toISOString());
  const known = await campaigns.find(name);
  const isWaiting = known !== null && known.nextAt !== null;
  const differences = known === null ? [] : differingFields(known.campaign, campaign);
  if (isWaiting && differences.length === 0) {
    return { kind: 'scheduled', next, change: 'same', differences };
  }
  await refuseEdit(campaign, campaigns);
  await campaigns.keep(campaign, first);
  return { kind: 'scheduled', next, change: isWaiting ? 'replaced' : 'new', differences };
}

/** Its one moment has passed: what started then goes on. Nothing starts late because a file says a date of old. */
async function goOn(campaign: Campaign, tools: CampaignTools): Promise<Started> {
  const { name, schedule: when } = campaign;
  const [moment] = when === undefined ? [] : nextOccurrences(when, new Date(0), 1);
  const run = moment && (await tools.campaigns.findRun(name, moment.toISOString()));
  if (run) return await start(campaign, run.occurrence, tools);
  // Due and not started yet: a worker will, or the one that asks becomes that worker.
  const known = await tools.campaigns.find(name);
  if (known?.nextAt && differingFields(known.campaign, campaign).length === 0) {
    return { kind: 'scheduled', next: [known.nextAt], change: 'same', differences: [] };
  }
  throw new DearlyError('campaign-invalid', `The time of ${name} has passed.`, {
    details: [
      `schedule.at: ${when?.at} (${when?.time_zone}) is over; name a later time, or leave the schedule out to start now`,
    ],
  });
}

async function refuseEdit(campaign: Campaign, campaigns: CampaignBook): Promise<void> {
  for (const run of await campaigns.openRuns(campaign.name)) {
    const differences = differingFields(run.campaign, campaign);
    if (differences.length === 0) continue;
    throw new DearlyError(
      'campaign-running',
      `${campaign.name} (${run.occurrence}) is ${run.state}; it cannot be changed before it has ended or is cancelled.`,
      { details: differences },
    );
  }
}
