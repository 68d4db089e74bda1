import type { Claim } from './ledger.ts';

/** Claimed rows for several lanes, the next ones fetched while the last are worked on. */
export interface Feed {
  /** Null once nothing is due any more, or it could not be asked. */
  next(): Promise<Claim | null>;
  /** Why it could not be asked; null where all went well. */
  readonly failure: unknown;
}

/** @param fetch returns no rows where it is over. @param low fetches when so few are left. */
export function openFeed(fetch: () => Promise<Claim[]>, low: number): Feed {
  const rows: Claim[] = [];
  let fetching: Promise<void> | null = null;
  let isOver = false;
  let failure: unknown = null;

  async function fetchMore(): Promise<void> {
    try {
      const found = await fetch();
      rows.push(...found);
      isOver = found.length === 0;
    } catch (error) {
      failure = error;
      isOver = true;
    } finally {
      fetching = null;
    }
  }

  return {
    async next() {
      for (;;) {
        if (rows.length <= low && !isOver) fetching ??= fetchMore();
        const row = rows.shift();
        if (row !== undefined) return row;
        if (fetching === null) return null;
        await fetching;
      }
    },
    get failure() {
      return failure;
    },
  };
}
