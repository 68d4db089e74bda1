import type { Campaign } from '../campaign/campaign.ts';
import { nextOccurrence, nextOccurrences } from '../campaign/next-occurrence.ts';
import type { Complaint } from '../campaign/parse-yaml.ts';
import type { CampaignBook } from './campaign/campaign-book.ts';

/** A file whose one moment is over means nothing any more, unless a run came of it, or a worker is about to start it. */
export async function passedMoment(
  { name, schedule }: Partial<Campaign>,
  { campaigns, now }: { readonly campaigns: CampaignBook; readonly now: () => Date },
): Promise<Complaint[]> {
  if (name === undefined || schedule?.at === undefined) return [];
  if (nextOccurrence(schedule, now()) !== null) return [];
  const [moment] = nextOccurrences(schedule, new Date(0), 1);
  if (moment && (await campaigns.findRun(name, moment.toISOString()))) return [];
  if ((await campaigns.find(name))?.nextAt) return [];
  const message = `${schedule.at} (${schedule.time_zone}) is over; name a later time, or leave the schedule out to start now`;
  return [{ path: ['schedule', 'at'], message }];
}
