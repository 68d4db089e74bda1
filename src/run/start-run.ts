import { DearlyError } from '../errors.ts';
import type { Ledger, NewRun, Run } from './ledger.ts';
import type { Queue } from './queue.ts';
import type { Shelf } from './shelf.ts';

/**
 * Starts an occurrence of a campaign, or finds the one that was started before. Everything the campaign names is loaded
 * first: what is missing shows before the audience is frozen, not at the first message.
 */
export async function startRun(
  run: NewRun,
  tools: { readonly ledger: Ledger; readonly shelf: Shelf; readonly queue: Queue },
): Promise<{ run: Run; isNew: boolean }> {
  const { campaign } = run;
  const { contract } = await tools.shelf.pack(campaign.pack);
  for (const name of campaign.attachments) {
    if (Object.hasOwn(contract?.attachments ?? {}, name)) continue;
    throw new DearlyError('campaign-invalid', `The pack ${campaign.pack} has no attachment ${name}.`, {
      details: [
        `attachments: expected any of ${Object.keys(contract?.attachments ?? {}).join(', ') || 'none'}`,
      ],
    });
  }
  await tools.shelf.sender(campaign.sender);
  if (campaign.composition !== undefined) await tools.shelf.composition(campaign.composition);
  const opened = await tools.ledger.open(run, { rule: campaign.audience });
  await tools.queue.wakeRun(opened.run.id);
  return opened;
}
