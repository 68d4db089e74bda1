import type { Selectable } from 'kysely';
import type { Campaign } from '../../../campaign/campaign.ts';
import type { Run } from '../../../run/ledger.ts';
import type { Schema } from '../schema.ts';

export function toRun(row: Selectable<Schema['runs']>): Run {
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    occurrence: row.occurrence,
    // Written by us from a checked Campaign, hence not parsed again.
    campaign: row.campaign as unknown as Campaign,
    state: row.state,
  };
}
