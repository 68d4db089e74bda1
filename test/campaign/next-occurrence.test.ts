import { describe, expect, test } from 'vitest';
import { newestDue, nextOccurrence, nextOccurrences } from '../../src/campaign/next-occurrence.ts';

const berlin = { time_zone: 'Europe/Berlin' };
const next = (cron: string, after: string, time_zone = 'Europe/Berlin') =>
  nextOccurrence({ cron, time_zone }, new Date(after))?.toISOString() ?? null;

describe('the next occurrence', () => {
  test.each([
    ['by the clock of the zone', '0 9 1 * *', '2026-11-22T12:00:00Z', '2026-12-01T08:00:00.000Z'],
    ['in summer time', '0 9 1 * *', '2026-06-02T00:00:00Z', '2026-07-01T07:00:00.000Z'],
    ['later than the moment, never at it', '0 9 1 * *', '2026-12-01T08:00:00Z', '2027-01-01T08:00:00.000Z'],
    ['in a leap year', '0 9 29 2 *', '2026-01-01T00:00:00Z', '2028-02-29T08:00:00.000Z'],
    [
      'an hour that is left out comes at its end',
      '30 2 * * *',
      '2026-03-28T12:00:00Z',
      '2026-03-29T01:00:00.000Z',
    ],
    [
      'an hour that comes twice counts once',
      '30 2 * * *',
      '2026-10-25T00:30:00Z',
      '2026-10-26T01:30:00.000Z',
    ],
  ])('%s', (_, cron, after, expected) => {
    expect(next(cron, after)).toBe(expected);
  });

  test('once, at a time of that clock', () => {
    const once = { at: '2026-12-01T09:00', ...berlin };
    expect(nextOccurrence(once, new Date('2026-11-22'))?.toISOString()).toBe('2026-12-01T08:00:00.000Z');
    expect(nextOccurrence(once, new Date('2026-12-01T08:00:00Z'))).toBeNull();
    expect(nextOccurrences(once, new Date('2026-11-22'), 3)).toHaveLength(1);
  });

  test('none where somebody starts it by hand', () => {
    expect(nextOccurrence(berlin, new Date())).toBeNull();
  });
});

test('after a time of silence the newest is due, and the others are counted', () => {
  const daily = { cron: '0 9 * * *', ...berlin };
  const due = new Date('2026-11-01T08:00:00Z');
  expect(newestDue(daily, due, new Date('2026-11-01T08:00:00Z'))).toEqual({ newest: due, missed: 0 });
  expect(newestDue(daily, due, new Date('2026-11-04T07:00:00Z'))).toEqual({
    newest: new Date('2026-11-03T08:00:00Z'),
    missed: 2,
  });
  const ofMinutes = { cron: '* * * * *', ...berlin };
  expect(newestDue(ofMinutes, due, new Date('2026-11-22T10:00:30Z'), 10)).toEqual({
    newest: new Date('2026-11-22T10:00:00Z'),
    missed: 10,
  });
});
