import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../../src/adapters/postgres/connect.ts';
import { countMembers, selectMembers } from '../../../src/adapters/postgres/select-members.ts';
import { upsertProfiles } from '../../../src/adapters/postgres/upsert-profiles.ts';
import { parseRule } from '../../../src/segment/rule.ts';
import { type TestDatabase, testDatabase } from '../../support/database.ts';

const at = '2026-01-01T00:00:00.000Z';
const yes = { granted: true, at, source: 'import' };
const no = { granted: false, at, source: 'import' };
let database: TestDatabase;
let db: Database;

beforeAll(async () => {
  database = await testDatabase();
  db = openDatabase(database.url);
  await upsertProfiles(db, [
    {
      externalId: 'ada',
      email: 'ada@kunde.example',
      locale: 'de-DE',
      timeZone: 'Europe/Berlin',
      consents: { marketing: yes },
      facts: { size: 2, city: 'Köln', tags: ['a', 'b'], home: { floors: 3 }, note: null },
    },
    {
      externalId: 'bea',
      locale: 'de-AT',
      timeZone: 'Europe/Vienna',
      consents: { marketing: no, service: no },
      facts: { size: 10, city: 'Wien' },
    },
    {
      externalId: 'cy',
      email: 'cy@kunde.example',
      locale: 'en-GB',
      timeZone: 'Europe/London',
      facts: { size: '10', city: "O'Neill; drop table" },
    },
  ]);
});
afterAll(async () => {
  await db.destroy();
  await database.drop();
});

const members = async (rule: unknown) =>
  (await selectMembers(db, parseRule(rule)))
    .map((it) => it.externalId)
    .sort()
    .join(' ');
const fact = (op: string, value?: unknown, field = 'facts.size') => ({
  field,
  op,
  ...(value !== undefined && { value }),
});

describe('a segment', () => {
  it.each([
    [true, 'ada bea cy'],
    [fact('eq', 'de-AT', 'locale'), 'bea'],
    [fact('eq', 'de', 'lang'), 'ada bea'],
    [fact('in', ['Europe/London', 'Europe/Vienna'], 'timeZone'), 'bea cy'],
    [fact('contains', 'Europe', 'timeZone'), 'ada bea cy'],
    [fact('exists', true, 'email'), 'ada cy'],
    [fact('exists', false, 'email'), 'bea'],
    [fact('eq', true, 'consent.marketing'), 'ada'],
    [fact('eq', false, 'consent.marketing'), 'bea cy'],
    [fact('ne', true, 'consent.marketing'), 'bea cy'],
    [fact('eq', true, 'consent.service'), 'ada cy'],
    [fact('exists', false, 'consent.marketing'), 'cy'],
    [fact('eq', 2), 'ada'],
    [fact('eq', 2.0), 'ada'],
    [fact('ne', 2), 'bea cy'],
    [fact('gt', 2), 'bea'],
    [fact('gte', 2), 'ada bea'],
    [fact('lt', 10), 'ada'],
    [fact('lte', 10), 'ada bea'],
    [fact('gte', '10'), 'cy'],
    [fact('in', [2, '10']), 'ada cy'],
    [fact('contains', 'a', 'facts.tags'), 'ada'],
    [fact('contains', 'öl', 'facts.city'), 'ada'],
    [fact('eq', 3, 'facts.home.floors'), 'ada'],
    [fact('eq', 'b', 'facts.tags.1'), 'ada'],
    [fact('exists', undefined, 'facts.tags'), 'ada'],
    [fact('exists', true, 'facts.note'), ''],
    [fact('exists', false, 'facts.note'), 'ada bea cy'],
    [fact('eq', "O'Neill; drop table", 'facts.city'), 'cy'],
    [{ not: fact('gt', 2) }, 'ada cy'],
    [{ not: fact('eq', 1, 'facts.nowhere') }, 'ada bea cy'],
    [{ all: [fact('eq', 'de', 'lang'), fact('gt', 2)] }, 'bea'],
    [{ any: [fact('eq', 'en', 'lang'), { all: [] }] }, 'ada bea cy'],
    [{ any: [fact('eq', 'en', 'lang'), fact('eq', 2)] }, 'ada cy'],
  ])('%j holds %s', async (rule, expected) => {
    expect(await members(rule)).toBe(expected);
    expect(await countMembers(db, parseRule(rule))).toBe(expected.split(' ').filter(Boolean).length);
  });

  it('is read page by page', async () => {
    const [first] = await selectMembers(db, true, { limit: 1 });
    const rest = await selectMembers(db, true, { after: first?.id });
    expect(rest).toHaveLength(2);
    expect(rest.every((it) => it.id > (first?.id ?? ''))).toBe(true);
  });

  it('is never more than its rule says, whatever stands in the rule', async () => {
    const hostile = fc.oneof(
      fc.constantFrom(
        "' or true --",
        '$1',
        '"; delete from profiles; --',
        '\\',
        "\\' or 1=1",
        '%',
        '{}',
        'null',
        '?',
        "E'\\x27",
      ),
      fc.string().map((it) => it.replaceAll('\0', '').toWellFormed()),
    );
    const op = fc.constantFrom('eq', 'in', 'contains', 'lt', 'gt', 'ne');
    await fc.assert(
      fc.asyncProperty(hostile, op, async (value, how) => {
        const all = await members({ field: 'facts.missing', op: how, value: how === 'in' ? [value] : value });
        expect(all).toBe(how === 'ne' ? 'ada bea cy' : '');
      }),
      { numRuns: 200 },
    );
  });
});
