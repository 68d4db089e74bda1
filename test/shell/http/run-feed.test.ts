import { expect, test } from 'vitest';
import type { Ledger } from '../../../src/run/ledger.ts';
import { openRunFeed } from '../../../src/shell/http/run-feed.ts';

/** Counts looks; a run of ten rows, one of which ends with each look. */
function countedLedger(options: { readonly failsAt?: number } = {}) {
  let looks = 0;
  const ledger = {
    find: async (id: string) => ({ id, endedAt: looks >= 3 ? '2026-01-01T00:00:00Z' : null }),
    tally: async () => {
      if (++looks === options.failsAt) throw new Error('the database is away');
      return { total: 10, byState: {}, skipped: {}, open: looks >= 3 ? 0 : 10 - looks };
    },
  } as unknown as Ledger;
  return { ledger, looks: () => looks };
}

test('who asks at the same time shares a look', async () => {
  const { ledger, looks } = countedLedger();
  const feed = openRunFeed(ledger);
  const all = await Promise.all(Array.from({ length: 20 }, () => feed.look('r')));
  expect(looks()).toBe(1);
  expect(new Set(all).size).toBe(1);
  feed.close();
});

test('listeners share looks, hear the end, and a gap where the database is away', async () => {
  const { ledger, looks } = countedLedger({ failsAt: 2 });
  const feed = openRunFeed(ledger);
  const heard = await Promise.all(
    Array.from(
      { length: 5 },
      () =>
        new Promise<number[]>((resolve) => {
          const open: number[] = [];
          feed.listen('r', (look) => {
            open.push(look.tally.open);
            if (look.isOver) resolve([...new Set(open)]);
          });
        }),
    ),
  );
  expect(heard).toEqual(Array(5).fill([9, 0]));
  expect(looks()).toBeLessThanOrEqual(5);
  feed.close();
});

test('a look that failed is nobody else’s answer', async () => {
  const { ledger } = countedLedger({ failsAt: 1 });
  const feed = openRunFeed(ledger);
  await expect(feed.look('r')).rejects.toThrow('away');
  expect((await feed.look('r')).tally.open).toBe(8);
  feed.close();
});
