import type { Settled } from '../../run/one.ts';

export interface SettledCount {
  readonly add: (settled: Settled) => void;
  /** What was done since the last line; null when that was nothing. */
  line(): string | null;
  total(): Readonly<Partial<Record<Settled, number>>>;
}

/** Counts what became of rows, for a worker's log. */
export function countSettled(): SettledCount {
  const counts = new Map<Settled, number>();
  let before = new Map<Settled, number>();
  let since = performance.now();
  return {
    add: (settled) => void counts.set(settled, (counts.get(settled) ?? 0) + 1),
    line() {
      const seconds = (performance.now() - since) / 1000;
      const fresh = [...counts].flatMap(([settled, count]): [Settled, number][] => {
        const more = count - (before.get(settled) ?? 0);
        return more > 0 ? [[settled, more]] : [];
      });
      since = performance.now();
      before = new Map(counts);
      if (fresh.length === 0) return null;
      const sent = fresh.find(([settled]) => settled === 'accepted')?.[1] ?? 0;
      const parts = fresh.map(([settled, count]) => `${count.toLocaleString('en')} ${settled}`);
      return `${parts.join(', ')} in ${Math.round(seconds)} s (${Math.round(sent / seconds)} a second)`;
    },
    total: () => Object.fromEntries(counts),
  };
}
