import { readFile } from 'node:fs/promises';
import type { Campaign } from '../../../campaign/campaign.ts';
import { type CampaignDraft, readCampaign } from '../../../campaign/read-campaign.ts';
import { DearlyError } from '../../../errors.ts';
import { checkCampaign } from '../../../run/check-campaign.ts';
import type { Wire } from '../../wire.ts';
import { printable } from '../paint.ts';

/** Before a wire is opened: a file that is none need not wait for a database. @throws DearlyError `file-unreadable`, `campaign-invalid` */
export async function readDraft(file: string): Promise<CampaignDraft> {
  try {
    return readCampaign(await readFile(file, 'utf8'), file);
  } catch (cause) {
    if (cause instanceof DearlyError) throw cause;
    throw new DearlyError('file-unreadable', `${file} cannot be read.`, { cause });
  }
}

/** Warns on stderr. @throws DearlyError `campaign-invalid` with every error of file and shelf */
export async function checkDraft(draft: CampaignDraft, { shelf }: Pick<Wire, 'shelf'>): Promise<Campaign> {
  const { campaign, warnings } = await checkCampaign(draft, shelf);
  for (const warning of warnings) process.stderr.write(`  warning: ${printable(warning)}\n`);
  return campaign;
}
