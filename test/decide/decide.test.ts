import { expect, test } from 'vitest';
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
