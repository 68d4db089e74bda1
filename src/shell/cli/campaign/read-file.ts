import { readFile } from 'node:fs/promises';
import type { Campaign } from '../../../campaign/campaign.ts';
import { type CampaignDraft, readCampaign } from '../../../campaign/read-campaign.ts';
import { DearlyError } from '../../../errors.ts';
import { checkCampaign } from '../../../run/campaign/check-campaign.ts';
import { passedMoment } from '../../../run/passed-moment.ts';
import type { Wire } from '../../wire.ts';
import { printable } from '../paint.ts';

/** Before a wire is opened: a file that is none need not wait for a database. @throws DearlyError `file-unreadable`, `campaign-invalid` */
export async function readDraft(file: string): Promise<CampaignDraft> {
  try {
    return readCampaign(await readFile(file, 'utf8'), file);
  } catch (cause) {
    if (cause instanceof DearlyError) throw cause;
    const { code } = cause as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'There is no file' : code === 'EISDIR' ? 'This is a folder:' : null;
    throw new DearlyError('file-unreadable', why ? `${why} ${file}.` : `${file} cannot be read (${code}).`, {
      cause,
    });
  }
}

/**
 * Warns on stderr. @param occurrence the one that is named, whatever the schedule says
 * @throws DearlyError `campaign-invalid` with every error of file and shelf
 */
export async function checkDraft(draft: CampaignDraft, wire: Wire, occurrence?: string): Promise<Campaign> {
  const passed = occurrence === undefined ? await passedMoment(draft.fields, wire) : [];
  const { campaign, warnings } = await checkCampaign(draft, wire.shelf, passed);
  for (const warning of warnings) process.stderr.write(`  warning: ${printable(warning)}\n`);
  return campaign;
}
