import { readAudience } from '../../adapters/postgres/read-audience.ts';
import { countMembers } from '../../adapters/postgres/select-members.ts';
import type { PlanTools } from '../../run/video/plan-render.ts';
import type { Wire } from '../wire.ts';

export function planTools({ db, addressKey, shelf, now, newId, videos }: Wire): PlanTools {
  return {
    shelf,
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
