import type { Campaign } from '../../campaign/campaign.ts';

export interface ExpectedDuration {
  /** Messages that one process merges in a second, as measured just now; null where there was nobody. */
  readonly mergedPerSecond: number | null;
  /** What each part would take alone; the longest says how long it takes. Null where it limits nothing. */
  readonly seconds: {
    readonly merging: number | null;
    /** Making what goes along with each; null where nothing does, or it could not be tried here. */
    readonly attaching: number | null;
    readonly perSecond: number | null;
    /** The domain that takes longest by its own limit. */
    readonly perDomain: { readonly domain: string; readonly seconds: number } | null;
  };
  /** The longest of these, from the first message to the last: without waits, and without the mail server's own time. */
  readonly sending: number;
  readonly limitedBy: 'merging' | 'attachments' | 'per_second' | 'per_domain';
  /** Until the rest gets the winner, at the latest; null where there is no sample. */
  readonly decidesAfter: number | null;
}

export function expectDuration(
  { throttle, sample }: Pick<Campaign, 'throttle' | 'sample'>,
  reached: number,
  domains: ReadonlyMap<string, number>,
  mergedPerSecond: number | null,
  attachedPerSecond: number | null = null,
): ExpectedDuration {
  const merging = mergedPerSecond === null ? null : reached / mergedPerSecond;
  const attaching = attachedPerSecond === null ? null : reached / attachedPerSecond;
  const perSecond = throttle?.per_second === undefined ? null : reached / throttle.per_second;
  let perDomain: { domain: string; seconds: number } | null = null;
  for (const [domain, people] of domains) {
    const limit = throttle?.domains[domain] ?? throttle?.per_domain;
    const seconds = limit === undefined ? 0 : people / limit;
    if (seconds > (perDomain?.seconds ?? 0)) perDomain = { domain, seconds };
  }
  const parts = [
    ['merging', merging ?? 0],
    ['attachments', attaching ?? 0],
    ['per_second', perSecond ?? 0],
    ['per_domain', perDomain?.seconds ?? 0],
  ] as const;
  const [limitedBy, sending] = parts.reduce((longest, it) => (it[1] > longest[1] ? it : longest));
  return {
    mergedPerSecond,
    seconds: { merging, attaching, perSecond, perDomain },
    sending,
    limitedBy,
    decidesAfter: sample === null ? null : sample.decide_after_hours * 3600,
  };
}
