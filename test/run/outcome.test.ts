import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DearlyError } from '../../src/errors.ts';
import { backoffMs } from '../../src/run/backoff.ts';
import { attemptsOf, faultOf, outcomeOf } from '../../src/run/outcome.ts';

const attempts = {
  attempt: 1,
  firstTriedAt: new Date('2026-11-22T10:00:00Z'),
  now: new Date('2026-11-22T10:00:05Z'),
  retryHours: 72,
  resends: false,
  random: 0,
};

describe('outcomeOf', () => {
  test('a deferral rests, and ends when the retry window would be over', () => {
    const deferred = { kind: 'deferred', code: 451, response: '451 later' } as const;
    expect(outcomeOf(deferred, attempts)).toEqual({
      happening: 'defer',
      detail: '451 later',
      retryAfterMs: 60_000,
    });
    const late = { ...attempts, now: new Date('2026-11-25T09:59:30Z') };
    expect(outcomeOf(deferred, late)).toEqual({ happening: 'fail', detail: 'retries-ended: 451 later' });
  });

  test('an answer that repeats the address is kept without it', () => {
    const bounced = {
      kind: 'bounced',
      code: 550,
      response: '550 5.1.1 <ada.l+x@example.com>: unknown',
    } as const;
    expect(outcomeOf(bounced, attempts)).toEqual({
      happening: 'bounce',
      detail: '550 5.1.1 <address>: unknown',
    });
  });

  test('an answer is one line that can be kept and printed, whatever bytes it is made of', () => {
    const response = '250 2.0.0\0 ok\r\n\x1b[2J queued\x9b as 1';
    expect(outcomeOf({ kind: 'accepted', response }, attempts).detail).toBe('250 2.0.0 ok [2J queued as 1');
  });

  test('a doubt stays a doubt', () => {
    expect(outcomeOf({ kind: 'unknown', response: 'closed' }, attempts).happening).toBe('doubt');
  });

  test('unless the campaign sends again what may be out, within its retry window', () => {
    const unknown = { kind: 'unknown', response: 'closed' } as const;
    const resending = { ...attempts, resends: true };
    expect(outcomeOf(unknown, resending)).toEqual({
      happening: 'defer',
      detail: 'closed',
      retryAfterMs: 60_000,
      mayBeOut: true,
    });
    const late = { ...resending, now: new Date('2026-11-25T09:59:30Z') };
    expect(outcomeOf(unknown, late).happening).toBe('doubt');
    // A server that never says so would get it for days, and the person each time.
    expect(outcomeOf(unknown, { ...resending, attempt: 9 }).happening).toBe('defer');
    expect(outcomeOf(unknown, { ...resending, attempt: 10 }).happening).toBe('doubt');
  });
});

describe('faultOf', () => {
  test('what may pass is tried again in the retry window, what stays has failed', () => {
    const away = new DearlyError('storage-failed', 'no space');
    expect(faultOf(away, attempts)).toEqual({ detail: 'storage-failed', retryAfterMs: 60_000 });
    const late = { ...attempts, attempt: 20, now: new Date('2026-11-25T09:00:00Z') };
    expect(faultOf(away, late)).toEqual({ detail: 'storage-failed', retryAfterMs: null });
    expect(faultOf(new DearlyError('pack-invalid', 'no'), attempts)).toEqual({
      detail: 'pack-invalid',
      retryAfterMs: null,
    });
  });

  test('what has no name is tried three times, and says nothing of the person', () => {
    const retries = [1, 2, 3].map((attempt) => faultOf(new Error('Ada Lovelace'), { ...attempts, attempt }));
    expect(retries.map(({ retryAfterMs }) => retryAfterMs)).toEqual([60_000, 120_000, null]);
    expect(new Set(retries.map(({ detail }) => detail))).toEqual(new Set(['internal']));
  });
});

test('tries are counted from the first handoff on, not from the claims before it', () => {
  const tools = { now: () => attempts.now, random: () => 0 };
  expect(
    attemptsOf({ tries: 0, firstTriedAt: null }, { retry_hours: 5, on_unknown: 'resend' }, tools),
  ).toEqual({
    attempt: 1,
    firstTriedAt: attempts.now,
    now: attempts.now,
    retryHours: 5,
    resends: true,
    random: 0,
  });
});

test('backoff grows, is jittered by at most half, and never passes four hours', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 500 }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (attempt, random) => {
        const ms = backoffMs(attempt, random);
        const full = backoffMs(attempt, 0);
        expect(ms).toBeLessThanOrEqual(full);
        expect(ms).toBeGreaterThanOrEqual(full / 2 - 1);
        expect(full).toBeLessThanOrEqual(4 * 3_600_000);
        expect(full).toBeGreaterThanOrEqual(attempt === 1 ? 60_000 : 120_000);
      },
    ),
  );
});
