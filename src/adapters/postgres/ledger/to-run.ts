import type { Selectable } from 'kysely';
import { campaignSchema } from '../../../campaign/campaign.ts';
import type { Run } from '../../../run/ledger.ts';
import type { Schema } from '../schema.ts';

export function toRun(row: Selectable<Schema['runs']>): Run {
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    occurrence: row.occurrence,
    // Written by us from a checked one; parsed again so that a run of old has the fields that came since.
    campaign: campaignSchema.parse(row.campaign),
    state: row.state,
    pauseReason: row.pause_reason,
    winner: row.winner,
    decideAt: row.decide_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
    endedAt: row.completed_at?.toISOString() ?? null,
  };
}
