import { isDeepStrictEqual } from 'node:util';
import type { Campaign } from './campaign.ts';

/** Where two definitions say different things, ready to print: `throttle: {"per_second":5} became {"per_second":50}`. */
export function differingFields(before: Campaign, after: Campaign): string[] {
  const was = plain(before);
  const is = plain(after);
  return [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .filter((field) => !isDeepStrictEqual(was[field], is[field]))
    .map((field) => `${field}: ${show(was[field])} became ${show(is[field])}`);
}

/** As the database keeps it: what is undefined is absent. */
function plain(campaign: Campaign): Record<string, unknown> {
  return JSON.parse(JSON.stringify(campaign));
}

function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
