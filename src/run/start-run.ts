import { draftOf } from '../campaign/read-campaign.ts';
import { checkCampaign } from './campaign/check-campaign.ts';
import type { Ledger, NewRun, Run } from './ledger.ts';
import type { Queue } from './queue.ts';
import type { Shelf } from './shelf.ts';

export interface StartTools {
  readonly ledger: Ledger;
  readonly shelf: Shelf;
  readonly queue: Pick<Queue, 'wakeRun'>;
}

/**
 * Starts an occurrence of a campaign, or finds the one that was started before. Everything the campaign names is loaded
 * first: what is missing shows before the audience is frozen, not at the first message.
 */
export async function startRun(run: NewRun, tools: StartTools): Promise<{ run: Run; isNew: boolean }> {
  await checkCampaign(draftOf(run.campaign), tools.shelf);
  const opened = await tools.ledger.open(run, { rule: run.campaign.audience });
  await tools.queue.wakeRun(opened.run.id);
  return opened;
}
