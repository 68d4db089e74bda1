import type { Database } from './connect.ts';

/** Ids of campaigns' runs that have not ended, the newest first. */
export async function openCampaignRuns(db: Database, limit: number): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('runs')
    .select('id')
    .where('kind', '=', 'campaign')
    .where('completed_at', 'is', null)
    .orderBy('created_at', 'desc')
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}
