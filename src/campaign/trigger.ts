import { type Campaign, fieldsSchema } from './campaign.ts';
import { type CampaignDraft, readCampaign } from './read-campaign.ts';

/** A campaign for one person at a time: an event says who and when, so the file cannot. Variants share people by weight. */
export const triggerSchema = fieldsSchema
  .omit({ audience: true, schedule: true, sample: true })
  .transform((it): Campaign => ({ ...it, audience: true, sample: null }));

/** @param file names it in errors @throws DearlyError `campaign-invalid` where it is no YAML at all */
export function readTrigger(text: string, file: string): CampaignDraft {
  return readCampaign(text, file, triggerSchema);
}
