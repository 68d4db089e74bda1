import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decide, type How, type Member } from '../../src/decide/decide.ts';
import type { Consents, Profile, Purpose } from '../../src/profile/profile.ts';

const at = '2026-01-01T00:00:00Z';
const yes = { granted: true, at, source: 'import' };
const no = { granted: false, at, source: 'unsubscribe' };

function member(profile: Partial<Profile> | null, suppressed: Member['suppressed'] = []): Member {
  const person: Profile = {
    id: 'b4f6f0ce-6f53-4e8f-a5c3-0ad4f2bb6a51',
    externalId: '1',
    firstName: 'Ada',
    lastName: 'L',
    locale: 'en-GB',
    timeZone: 'Europe/London',
    email: 'ada@example.com',
    consents: {},
    facts: {},
  };
  return { profile: profile && { ...person, ...profile }, suppressed, variant: null, recentMessages: 0 };
}

const variants: How['campaign']['variants'] = [
  { name: 'plain', weight: 1 },
  { name: 'short', weight: 2, subject: 'short', blocks: ['cost', 'usage'] },
];
const noon = new Date('2026-06-01T12:00:00Z');

function how(purpose: Purpose, campaign: Partial<How['campaign']> = {}, more: Partial<How> = {}): How {
  const whole = { quiet_hours: undefined, schedule: undefined, frequency_cap: undefined, variants };
  return { purpose, campaign: { ...whole, ...campaign }, now: noon, startedAt: noon, ...more };
}

test.each<[string, Member, Purpose, string]>([
  ['erased', member(null), 'service', 'erased'],
  ['no address', member({ email: null }), 'service', 'no-address'],
  ['an empty address', member({ email: '' }), 'service', 'no-address'],
  ['service taken back', member({ consents: { service: no } }), 'service', 'no-consent'],
  ['never asked for marketing', member({}), 'marketing', 'no-consent'],
  ['suppressed for all', member({}, ['*']), 'service', 'suppressed'],
  ['suppressed for this', member({ consents: { marketing: yes } }, ['marketing']), 'marketing', 'suppressed'],
])('skips: %s', (_, who, purpose, reason) => {
  expect(decide(who, how(purpose))).toEqual({ kind: 'skip', reason });
});

test.each<[string, Consents, Member['suppressed'], Purpose, boolean]>([
  ['a service message needs no consent', {}, [], 'service', false],
  ['a suppression of one purpose leaves the others', {}, ['marketing'], 'service', false],
  ['tracking is on where agreed', { tracking: yes }, [], 'service', true],
  ['tracking is off where refused', { tracking: no, marketing: yes }, [], 'marketing', false],
])('sends: %s', (_, consents, suppressed, purpose, tracking) => {
  expect(decide(member({ consents }, suppressed), how(purpose))).toMatchObject({ kind: 'send', tracking });
});

describe('when', () => {
  const quiet_hours = { from: '22:00', until: '08:00' };
  const schedule = { time_zone: 'UTC', local_time: '09:00' };
  const tokyo = member({ timeZone: 'Asia/Tokyo' });
  const at = (time: string) => new Date(`2026-06-01T${time}:00Z`);
  type Case = [
    string,
    Partial<How['campaign']>,
    now: Date,
    startedAt: Date,
    'send' | [until: string, why: string],
  ];

  test.each<Case>([
    ['outside quiet hours', { quiet_hours }, at('12:00'), at('12:00'), 'send'],
    [
      'in quiet hours',
      { quiet_hours },
      at('14:00'),
      at('12:00'),
      ['2026-06-01T23:00:00.000Z', 'quiet-hours'],
    ],
    [
      'before the local time',
      { schedule },
      at('12:00'),
      at('12:00'),
      ['2026-06-02T00:00:00.000Z', 'local-time'],
    ],
    ['at the local time', { schedule }, new Date('2026-06-02T00:00:00Z'), at('12:00'), 'send'],
    ['after it, however late', { schedule }, new Date('2026-06-05T12:00:00Z'), at('12:00'), 'send'],
    [
      'a local time in quiet hours: their end',
      { schedule: { ...schedule, local_time: '07:00' }, quiet_hours },
      at('12:00'),
      at('12:00'),
      ['2026-06-01T23:00:00.000Z', 'local-time'],
    ],
    [
      'late for the local time, and by now in quiet hours',
      { schedule, quiet_hours },
      new Date('2026-06-02T14:00:00Z'),
      at('12:00'),
      ['2026-06-02T23:00:00.000Z', 'quiet-hours'],
    ],
    [
      'a schedule without a local time',
      { schedule: { time_zone: 'UTC', at: 'x' } },
      at('12:00'),
      at('12:00'),
      'send',
    ],
  ])('%s', (_, campaign, now, startedAt, expected) => {
    const decision = decide(tokyo, how('service', campaign, { now, startedAt }));
    if (expected === 'send') expect(decision.kind).toBe('send');
    else expect(decision).toEqual({ kind: 'wait', until: new Date(expected[0]), why: expected[1] });
  });

  test('is later than now, and then it is time, wherever the person lives', () => {
    const time = fc
      .tuple(fc.nat(23), fc.nat(59))
      .map((parts) => parts.map((it) => String(it).padStart(2, '0')).join(':'));
    const moment = fc.date({ min: new Date('2020-01-01'), max: new Date('2030-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(
        fc.record({ from: time, until: time }),
        fc.option(time, { nil: undefined }),
        moment,
        fc.integer({ min: 0, max: 60 }),
        fc.constantFrom(...Intl.supportedValuesOf('timeZone')),
        (quiet_hours, local_time, startedAt, hoursLate, timeZone) => {
          const campaign = { quiet_hours, ...(local_time && { schedule: { time_zone: 'UTC', local_time } }) };
          const now = new Date(startedAt.getTime() + hoursLate * 3_600_000);
          const decideAt = (at: Date) =>
            decide(member({ timeZone }), how('service', campaign, { now: at, startedAt }));
          const decision = decideAt(now);
          if (decision.kind === 'wait') {
            expect(decision.until.getTime()).toBeGreaterThan(now.getTime());
            // A day for the local time, and one for quiet hours that it falls into and that a leap of the clock makes two of.
            expect(decision.until.getTime() - now.getTime()).toBeLessThan(80 * 3_600_000);
            expect(decideAt(decision.until).kind).toBe('send');
          } else expect(decision.kind).toBe('send');
        },
      ),
      { numRuns: 300 },
    );
  });

  test('nobody waits who will not be written to', () => {
    const never = how('marketing', { quiet_hours }, { now: at('14:00') });
    expect(decide(tokyo, never)).toEqual({ kind: 'skip', reason: 'no-consent' });
  });
});

describe('frequency cap', () => {
  const frequency_cap = { messages: 2, days: 7 };
  const written = (recentMessages: number) => ({ ...member({}), recentMessages });

  test('counts what was sent before', () => {
    expect(decide(written(1), how('service', { frequency_cap }))).toMatchObject({ kind: 'send' });
    expect(decide(written(2), how('service', { frequency_cap }))).toEqual({
      kind: 'skip',
      reason: 'frequency-cap',
    });
    expect(decide(written(99), how('service'))).toMatchObject({ kind: 'send' });
  });

  test('is asked when the waiting is over: by then there may be room', () => {
    const campaign = { frequency_cap, quiet_hours: { from: '10:00', until: '14:00' } };
    expect(decide(written(2), how('service', campaign))).toMatchObject({ kind: 'wait', why: 'quiet-hours' });
  });
});

describe('variant', () => {
  test('as drawn, with what it says of the make-up and no more', () => {
    expect(decide({ ...member({}), variant: 'short' }, how('service'))).toMatchObject({
      variant: 'short',
      arrangement: { subject: 'short', blocks: ['cost', 'usage'] },
    });
    expect(decide(member({}), how('service'))).toMatchObject({ variant: 'plain', arrangement: {} });
  });

  test('one that the campaign does not have is a bug', () => {
    expect(() => decide({ ...member({}), variant: 'long' }, how('service'))).toThrow('no variant long');
  });
});
