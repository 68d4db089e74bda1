import { LRUCache } from 'lru-cache';
import type { Snapshot } from '../../merge/snapshot.ts';

/** Of JSON; as objects they take about three times as much. Room for about two thousand people. */
const mostBytes = 32 * 1024 * 1024;
/** Whoever opens a page goes on to pictures, events and answers within minutes; nobody who was erased stays longer. */
const keptMs = 10 * 60_000;
/** Ids alone. */
const mostSeen = 20_000;

export interface KeptBodies {
  get(id: string): Snapshot | undefined;
  /** Parses what the database holds, if it does. */
  keep(id: string, json: string | null): Snapshot | null;
  forget(id: string): void;
}

/**
 * Bodies of snapshots, which never change. Whether one is still there, and whom it may be shown, is not known here. One is
 * kept from its second look on: thousands of small objects that outlive their request cost the garbage collector more than
 * anything else a first visit does, and who waits for a page should not wait for that.
 */
export function keepBodies(): KeptBodies {
  const cache = new LRUCache<string, Snapshot>({ maxSize: mostBytes, ttl: keptMs, ttlAutopurge: true });
  const seen = new LRUCache<string, true>({ max: mostSeen });
  return {
    get: (id) => cache.get(id),
    keep(id, json) {
      if (json === null) return null;
      const snapshot = JSON.parse(json) as Snapshot;
      if (seen.has(id)) cache.set(id, snapshot, { size: Math.max(1, json.length) });
      else seen.set(id, true);
      return snapshot;
    },
    forget: (id) => void cache.delete(id),
  };
}
