import { countMembers } from '../adapters/postgres/select-members.ts';
import type { Campaign } from '../campaign/campaign.ts';
import { type CampaignPlan, planCampaign } from '../run/campaign/plan-campaign.ts';
import { planTools } from './cli/plan-tools.ts';
import type { Wire } from './wire.ts';

/** What a campaign would come to, for whoever asks over HTTP. */
export interface PlanAhead {
  /** People of the audience. */
  count(campaign: Campaign): Promise<number>;
  look(campaign: Campaign, signal: AbortSignal, framesPerSecond: number | undefined): Promise<CampaignPlan>;
}

export function planAhead(wire: Wire): PlanAhead {
  const tools = planTools(wire);
  return {
    count: ({ audience }) => countMembers(wire.db, audience),
    look: (campaign, signal, framesPerSecond) => planCampaign(campaign, tools, { signal, framesPerSecond }),
  };
}
