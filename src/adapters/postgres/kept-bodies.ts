import { LRUCache } from 'lru-cache';
import type { Snapshot } from '../../merge/snapshot.ts';

/** Of JSON; as objects they take about three times as much. Room for about two thousand people. */
const mostBytes = 32 * 1024 * 1024;
/** Whoever opens a page goes on to pictures, events and answers within minutes; nobody who was erased stays longer. */
const keptMs = 10 * 60_000;

export interface KeptBodies {
  has(id: string): boolean;
  get(id: string): Snapshot | undefined;
  /** Parses what the database holds, if it does. */
  keep(id: string, json: string | null): Snapshot | null;
  forget(id: string): void;
}

/**
 * Bodies of snapshots, which never change. Whether one is still there, and whom it may be shown, is not known here. At the
 * first look the text is kept, at the second what was parsed: most messages get one look, and thousands of small objects that
 * outlive it cost the garbage collector more than parsing them again costs those that get more.
 */
export function keepBodies(): KeptBodies {
  const cache = new LRUCache<string, string | Snapshot>({
    maxSize: mostBytes,
    ttl: keptMs,
    ttlAutopurge: true,
  });
  return {
    has: (id) => cache.has(id),
    get(id) {
      const known = cache.get(id);
      if (typeof known !== 'string') return known;
      const snapshot = JSON.parse(known) as Snapshot;
      cache.set(id, snapshot, { size: sizeOf(known) });
      return snapshot;
    },
    keep(id, json) {
      if (json === null) return null;
      cache.set(id, json, { size: sizeOf(json) });
      return JSON.parse(json) as Snapshot;
    },
    forget: (id) => void cache.delete(id),
  };
}

const sizeOf = (json: string) => Math.max(1, json.length);
