export interface CommonDomains {
  /** The largest ones, the largest first. */
  readonly top: readonly { readonly domain: string; readonly people: number }[];
  /** So many different ones were seen; null where they were too many to keep apart. */
  readonly different: number | null;
}

/** Above this the rare ones are let go; half of them, so that it seldom happens. */
const most = 50_000;

/** Counts domains in bounded room: the large ones are exact unless tens of thousands of others come between them. */
export function countDomains() {
  let counts = new Map<string, number>();
  let isRough = false;

  function letGo(): void {
    const kept = [...counts].sort((a, b) => b[1] - a[1]).slice(0, most / 2);
    counts = new Map(kept);
    isRough = true;
  }

  return {
    see(domain: string): void {
      counts.set(domain, (counts.get(domain) ?? 0) + 1);
      if (counts.size > most) letGo();
    },
    all: (): ReadonlyMap<string, number> => counts,
    result(): CommonDomains {
      const sorted = [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
      return {
        top: sorted.slice(0, 10).map(([domain, people]) => ({ domain, people })),
        different: isRough ? null : counts.size,
      };
    },
  };
}
