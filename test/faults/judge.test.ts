import { describe, expect, test } from 'vitest';
import { busiestSecond, judge, type Row, type Taken } from './judge.ts';

const people = Array.from({ length: 10 }, (_, index) => `p${index}@example.com`);
const taken = (to: string, at = 0): Taken => ({ at, to, messageId: `${to}-row` });
const row = (address: string, state = 'accepted'): Row => ({ id: `${address}-row`, address, state });
const log = people.map((it) => taken(it));
const rows = people.map((it) => row(it));
const without = <T>(list: readonly T[], at: number) => list.filter((_, index) => index !== at);
const inState = (at: number, state: string) =>
  rows.map((it, index) => (index === at ? { ...it, state } : it));

describe('the judge', () => {
  test('finds nothing where everybody got one message', () => {
    expect(judge(people, log, rows)).toEqual({
      ended: 10,
      missing: [],
      duplicates: 0,
      renamed: [],
      unknown: 0,
      denied: [],
    });
  });

  test('finds one planted loss, whatever the row claims', () => {
    const lost = without(log, 4);
    expect(judge(people, lost, rows).missing).toEqual(['p4@example.com']);
    expect(judge(people, lost, without(rows, 4)).missing).toEqual(['p4@example.com']);
    for (const open of ['planned', 'claimed', 'handoff', 'deferred'])
      expect(judge(people, lost, inState(4, open))).toMatchObject({ missing: ['p4@example.com'], ended: 9 });
  });

  test('misses nobody whose row says why nothing came', () => {
    for (const state of ['unknown', 'skipped', 'cancelled', 'bounced', 'failed'])
      expect(judge(people, without(log, 4), inState(4, state))).toMatchObject({ missing: [], ended: 10 });
    expect(judge(people, without(log, 4), inState(4, 'unknown')).unknown).toBe(1);
  });

  test('finds one planted duplicate, and whether it goes by another name', () => {
    expect(judge(people, [...log, taken('p7@example.com', 9)], rows)).toMatchObject({
      duplicates: 1,
      renamed: [],
      missing: [],
    });
    const renamed = { ...taken('p7@example.com', 9), messageId: 'other' };
    expect(judge(people, [...log, renamed], rows)).toMatchObject({
      duplicates: 1,
      renamed: ['p7@example.com'],
    });
  });

  test('finds who was written to although the row denies it', () => {
    expect(judge(people, log, inState(2, 'cancelled')).denied).toEqual(['p2@example.com']);
    expect(judge(people, log, without(rows, 2)).denied).toEqual(['p2@example.com']);
    expect(judge(people, log, inState(2, 'unknown')).denied).toEqual([]);
  });
});

test('the busiest second begins anywhere', () => {
  expect(busiestSecond([])).toBe(0);
  const spread = [0, 500, 999, 1000, 1400, 1499, 1500, 3000].map((at) => ({ at }));
  expect(busiestSecond(spread.toReversed())).toBe(5);
});
