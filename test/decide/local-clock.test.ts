import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { minuteAt, minuteOf, nextShowing } from '../../src/decide/local-clock.ts';

const hourMs = 3_600_000;
const zones = Intl.supportedValuesOf('timeZone');
const moments = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2037-12-31'), noInvalidDate: true })
  .map((it) => new Date(Math.floor(it.getTime() / 1000) * 1000));
const minutes = fc.integer({ min: 0, max: 1439 });

test.each([
  ['2026-06-01T12:00:00Z', 'UTC', '12:00'],
  ['2026-06-01T12:00:59Z', 'Asia/Kathmandu', '17:45'],
  ['2026-06-01T12:00:00Z', 'Pacific/Apia', '01:00'],
  ['2026-06-01T00:29:00Z', 'America/St_Johns', '21:59'],
  ['1969-12-31T23:59:30Z', 'UTC', '23:59'],
])('at %s it is in %s %s', (at, zone, shown) => {
  expect(minuteAt(new Date(at), zone)).toBe(minuteOf(shown));
});

describe('the next moment that the clock shows', () => {
  test.each([
    ['now', '2026-06-01T07:00:00Z', '09:00', 'Europe/Berlin', '2026-06-01T07:00:00Z'],
    ['later today', '2026-06-01T06:59:59Z', '09:00', 'Europe/Berlin', '2026-06-01T07:00:00Z'],
    ['tomorrow', '2026-06-01T07:00:01Z', '09:00', 'Europe/Berlin', '2026-06-02T07:00:00Z'],
    [
      'where it is already tomorrow',
      '2026-06-01T11:00:00Z',
      '01:30',
      'Pacific/Kiritimati',
      '2026-06-01T11:30:00Z',
    ],
    ['leapt over: where it lands', '2026-03-28T23:30:00Z', '02:30', 'Europe/Berlin', '2026-03-29T01:00:00Z'],
    ['the day is 23 hours long', '2026-03-28T07:00:01Z', '08:00', 'Europe/Berlin', '2026-03-29T06:00:00Z'],
    ['the day is 25 hours long', '2026-10-24T06:00:01Z', '08:00', 'Europe/Berlin', '2026-10-25T07:00:00Z'],
    ['twice: the first', '2026-10-24T22:30:00Z', '02:30', 'Europe/Berlin', '2026-10-25T00:30:00Z'],
    ['twice: the second', '2026-10-25T00:30:01Z', '02:30', 'Europe/Berlin', '2026-10-25T01:30:00Z'],
    ['leapt over midnight', '2026-09-05T12:00:00Z', '00:30', 'America/Santiago', '2026-09-06T04:00:00Z'],
    ['set back over midnight', '2026-04-05T03:05:00Z', '23:30', 'America/Santiago', '2026-04-05T03:30:00Z'],
    [
      'half an hour of summer',
      '2026-10-03T12:00:00Z',
      '02:15',
      'Australia/Lord_Howe',
      '2026-10-03T15:30:00Z',
    ],
    ['two hours of summer', '2026-03-29T00:00:00Z', '01:30', 'Antarctica/Troll', '2026-03-29T01:00:00Z'],
    ['a day that was left out', '2011-12-29T12:00:00Z', '09:00', 'Pacific/Apia', '2011-12-29T19:00:00Z'],
    [
      'after the day that was left out',
      '2011-12-29T19:00:01Z',
      '09:00',
      'Pacific/Apia',
      '2011-12-30T19:00:00Z',
    ],
  ])('%s', (_, from, time, zone, expected) => {
    expect(nextShowing(new Date(from), minuteOf(time), zone)).toEqual(new Date(expected));
  });

  test('is never in the past, a day off at most, and shows that time unless the clock leapt over it', () => {
    fc.assert(
      fc.property(moments, minutes, fc.constantFrom(...zones), (from, minute, zone) => {
        const at = nextShowing(from, minute, zone);
        expect(at.getTime()).toBeGreaterThanOrEqual(from.getTime());
        // Stations in Antarctica have set their clocks by up to three hours.
        expect(at.getTime() - from.getTime()).toBeLessThanOrEqual(27 * hourMs);
        const shown = minuteAt(at, zone);
        if (shown === minute) return;
        const before = minuteAt(new Date(at.getTime() - 1000), zone);
        const leapt = (((shown - before) % 1440) + 1440) % 1440;
        expect(leapt).toBeGreaterThan(1);
        expect((((minute - before) % 1440) + 1440) % 1440).toBeLessThan(leapt);
      }),
      { numRuns: 400 },
    );
  });

  test('is the first: the clock does not show it in between', () => {
    fc.assert(
      fc.property(moments, minutes, fc.constantFrom(...zones), (from, minute, zone) => {
        const at = nextShowing(from, minute, zone).getTime();
        const start = Math.ceil(from.getTime() / 60_000) * 60_000;
        for (let step = start; step < at; step += 7 * 60_000)
          expect(minuteAt(new Date(step), zone)).not.toBe(minute);
      }),
      { numRuns: 60 },
    );
  });
});
