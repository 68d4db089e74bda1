import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { afterQuiet, isQuiet } from '../../src/decide/quiet-hours.ts';

const night = { from: '22:00', until: '08:00' };
const lunch = { from: '12:00', until: '13:30' };

test.each([
  ['before the night', '21:59:59', night, false],
  ['the night begins', '22:00:00', night, true],
  ['midnight', '00:00:00', night, true],
  ['its last second', '07:59:59', night, true],
  ['its end', '08:00:00', night, false],
  ['within a window of the day', '13:29:59', lunch, true],
  ['after it', '13:30:00', lunch, false],
  ['at night', '03:00:00', lunch, false],
  ['no window at all', '12:00:00', { from: '12:00', until: '12:00' }, false],
])('%s', (_, time, quiet, expected) => {
  expect(isQuiet(new Date(`2026-06-01T${time}Z`), quiet, 'UTC')).toBe(expected);
});

describe('the end of quiet hours', () => {
  test.each([
    ['outside: now', '2026-06-01T10:00:00Z', night, 'Europe/Berlin', '2026-06-01T10:00:00Z'],
    ['in the evening: tomorrow', '2026-06-01T21:00:00Z', night, 'Europe/Berlin', '2026-06-02T06:00:00Z'],
    ['in the morning: today', '2026-06-02T05:00:00Z', night, 'Europe/Berlin', '2026-06-02T06:00:00Z'],
    ['by each one’s own clock', '2026-06-01T21:00:00Z', night, 'Asia/Tokyo', '2026-06-01T23:00:00Z'],
    ['the night of the leap', '2026-03-28T22:00:00Z', night, 'Europe/Berlin', '2026-03-29T06:00:00Z'],
    [
      'the night that is an hour longer',
      '2026-10-24T21:00:00Z',
      night,
      'Europe/Berlin',
      '2026-10-25T07:00:00Z',
    ],
    [
      'an end that is leapt over',
      '2026-03-29T00:30:00Z',
      { from: '23:00', until: '02:30' },
      'Europe/Berlin',
      '2026-03-29T01:00:00Z',
    ],
    [
      'half an hour a day, leapt over: the next day',
      '2026-03-28T12:00:00Z',
      { from: '03:00', until: '02:30' },
      'Europe/Berlin',
      '2026-03-30T00:30:00Z',
    ],
  ])('%s', (_, at, quiet, zone, expected) => {
    expect(afterQuiet(new Date(at), quiet, zone)).toEqual(new Date(expected));
  });

  const time = fc
    .integer({ min: 0, max: 1439 })
    .map((it) => `${String(Math.floor(it / 60)).padStart(2, '0')}:${String(it % 60).padStart(2, '0')}`);
  const moments = fc.date({ min: new Date('2000-01-01'), max: new Date('2037-12-31'), noInvalidDate: true });

  test('is outside of them, never before now, a day off at most or, where the day has no other hours, two', () => {
    fc.assert(
      fc.property(
        moments,
        time,
        time,
        fc.constantFrom(...Intl.supportedValuesOf('timeZone')),
        (at, from, until, zone) => {
          const moment = afterQuiet(at, { from, until }, zone);
          expect(isQuiet(moment, { from, until }, zone)).toBe(false);
          if (!isQuiet(at, { from, until }, zone)) expect(moment).toEqual(at);
          const hours = (moment.getTime() - at.getTime()) / 3_600_000;
          expect(hours).toBeGreaterThanOrEqual(0);
          expect(hours).toBeLessThanOrEqual(27 + (hours > 27 ? 24 : 0));
        },
      ),
      { numRuns: 400 },
    );
  });
});
