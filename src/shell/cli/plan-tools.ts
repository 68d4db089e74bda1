import { readAudience } from '../../adapters/postgres/read-audience.ts';
import { countMembers } from '../../adapters/postgres/select-members.ts';
import type { PlanCampaignTools } from '../../run/campaign/plan-campaign.ts';
import type { Wire } from '../wire.ts';

export function planTools(wire: Wire): PlanCampaignTools {
  const { db, addressKey, videos } = wire;
  const { shelf, secret, origins, store, attach, pdfs, now, newId } = wire;
  return {
    shelf,
    secret,
    origins,
    store,
    attach,
    pdfs,
    now,
    newId,
    audience: {
      count: (rule) => countMembers(db, rule),
      read: (rule, capDays) => readAudience(db, addressKey, rule, capDays),
    },
    draw: videos.draw,
    forget: videos.forget,
    drawnBy: videos.drawnBy,
    has: videos.hasSegments,
  };
}
