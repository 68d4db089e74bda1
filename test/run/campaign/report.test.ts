import { randomUUID } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../../src/adapters/postgres/connect.ts';
import { postgresCounts } from '../../../src/adapters/postgres/counts.ts';
import { eraseProfile } from '../../../src/adapters/postgres/erase-profile.ts';
import { postgresLedger } from '../../../src/adapters/postgres/ledger/postgres-ledger.ts';
import { recordEvents } from '../../../src/adapters/postgres/record-events.ts';
import { upsertProfiles } from '../../../src/adapters/postgres/upsert-profiles.ts';
import { campaignSchema } from '../../../src/campaign/campaign.ts';
import { stepOf } from '../../../src/measure/funnel.ts';
import type { Json } from '../../../src/profile/profile.ts';
import { type Report, type ReportTools, reportOf } from '../../../src/run/campaign/report.ts';
import { describeReport } from '../../../src/shell/cli/report-text.ts';
import { reportSchema } from '../../../src/shell/http/api/report-schema.ts';
import { drawFunnel } from '../../../src/shell/report/draw-funnel.ts';
import { drawVariants } from '../../../src/shell/report/draw-variants.ts';
import { reportCsv } from '../../../src/shell/report/report-csv.ts';
import type { EventKind } from '../../../src/track/event.ts';
import { testDatabase } from '../../support/database.ts';
import { secret } from '../../support/ledger.ts';

/**
 * Seventeen people, each named after the variant. a1 to a6 and b1 to b4 have the message; a6 and b4 had not agreed to be counted.
 * a7 came back, b5 waits for a second try, b6 is in doubt; q waits for the morning, s was skipped, h1 and h2 are held out.
 */
const rows = [
  ...['a1', 'a2', 'a3', 'a4', 'a5', 'a6'].map((who) => ({ who, state: 'accepted', tracked: who !== 'a6' })),
  { who: 'a7', state: 'bounced', tracked: true },
  ...['b1', 'b2', 'b3', 'b4'].map((who) => ({ who, state: 'accepted', tracked: who !== 'b4' })),
  { who: 'b5', state: 'deferred', tracked: true },
  { who: 'b6', state: 'unknown', tracked: true },
  { who: 'q', state: 'deferred', tracked: null },
  { who: 's', state: 'skipped', tracked: null, reason: 'no-consent' },
  ...['h1', 'h2'].map((who) => ({ who, state: 'skipped', tracked: null, reason: 'holdout' })),
] as const;

const started = new Date('2026-06-01T08:00:00Z');
const written = new Date('2026-06-01T09:00:00Z');
const before = new Date('2026-06-01T08:30:00Z');
const nps = (score: number) => ({ form: 'nps', score });
const eur = (value: Json) => ({ value, currency: 'EUR' });

/** Who did what, in this order, a minute after each other. */
const deeds: readonly (readonly [
  who: string,
  kind: EventKind,
  data?: Record<string, Json>,
  how?: 'machine' | 'before',
])[] = [
  ['a1', 'open'],
  ['a1', 'open'],
  ['a2', 'open'],
  ['b1', 'open'],
  ['a1', 'open', {}, 'machine'],
  ['a3', 'open', {}, 'machine'],
  ['a7', 'open'],
  ['b6', 'open'],
  ['a1', 'click'],
  ['b1', 'click', {}, 'machine'],
  ['a1', 'visit'],
  ['a2', 'visit'],
  ['b1', 'visit'],
  // Agreed on the page: seen, and in no share.
  ['b4', 'visit'],
  ['a1', 'video-start'],
  ['a1', 'video-progress', { percent: 25 }],
  ['a1', 'video-progress', { percent: 50 }],
  // The batch with its start was lost.
  ['a2', 'video-progress', { percent: 100 }],
  ['b1', 'video-start'],
  ['b1', 'video-progress', { percent: 'all of it' }],
  ['a1', 'form-start', { form: 'nps' }],
  ['a1', 'chat', { found: 'why' }],
  ['a1', 'chat', { found: null }],
  ['b2', 'interaction', { kind: 'reveal' }],
  ['a1', 'read', { seconds: 10 }],
  ['a1', 'read', { seconds: 30 }],
  ['a2', 'read', { seconds: 60 }],
  ['a1', 'answer', nps(3)],
  ['a1', 'answer', nps(9)],
  ['a6', 'answer', nps(6)],
  ['b1', 'answer', nps(8)],
  ['b2', 'answer', nps(10)],
  ['a6', 'answer', { form: 'tariff', choice: 'green' }],
  ['b1', 'answer', { form: 'tariff', choice: 'basic' }],
  ['a1', 'answer', { form: 'meter', reading: 12_345 }],
  ['a2', 'conversion', eur(7), 'before'],
  ['a1', 'conversion', eur(0.1)],
  ['a1', 'conversion', eur(0.2)],
  ['a6', 'conversion'],
  ['b1', 'conversion', eur(19.99)],
  ['b2', 'conversion', { value: 5, currency: 'CHF' }],
  ['h1', 'conversion', eur(1.1)],
  ['b2', 'unsubscribe', { purpose: 'marketing' }],
  ['a6', 'complaint'],
];

const campaign = campaignSchema.parse({
  name: 'known',
  pack: 'p',
  sender: 's',
  variants: [{ name: 'a' }, { name: 'b' }],
  sample: null,
  holdout: 0.1,
  cost_per_message: { amount: 0.1, currency: 'EUR' },
});
const forms = {
  nps: { fields: [{ name: 'score', type: 'nps' }] },
  tariff: { fields: [{ name: 'choice', type: 'choice', options: ['green', 'basic'] }] },
  meter: { fields: [{ name: 'reading', type: 'number' }] },
};

let made: Awaited<ReturnType<typeof testDatabase>>;
let db: Database;
let tools: ReportTools;
let runId: string;
let report: Report;

beforeAll(async () => {
  made = await testDatabase();
  db = openDatabase(made.url);
  const shelf = { pack: async () => ({ forms }) } as unknown as ReportTools['shelf'];
  tools = { ledger: postgresLedger(db, secret), counts: postgresCounts(db), shelf };
  await upsertProfiles(
    db,
    rows.map(({ who }) => ({ externalId: who, email: `${who}@example.com` })),
  );
  const ids = new Map(
    (await db.selectFrom('profiles').select(['id', 'external_id']).execute()).map((it) => [
      it.external_id,
      it.id,
    ]),
  );
  ({ id: runId } = await db
    .insertInto('runs')
    .values({
      kind: 'campaign',
      name: 'known',
      occurrence: '1',
      campaign: JSON.stringify(campaign),
      state: 'running',
      created_at: started,
    })
    .returning('id')
    .executeTakeFirstOrThrow());
  const isSent = (who: string) => /^[ab]\d/.test(who);
  const kept = await db
    .insertInto('ledger')
    .values(
      rows.map(({ who, state, tracked, ...more }) => ({
        run_id: runId,
        profile_id: ids.get(who) ?? null,
        state,
        reason: 'reason' in more ? more.reason : null,
        variant: isSent(who) ? who.slice(0, 1) : null,
        tracked,
        first_tried_at: isSent(who) ? written : null,
        next_at: written,
        ended_at: state === 'deferred' ? null : written,
      })),
    )
    .returning(['id', 'profile_id'])
    .execute();
  const rowOf = (who: string) => kept.find((it) => it.profile_id === ids.get(who))?.id ?? '';
  const events = deeds.map(([who, kind, data = {}, how], minute) => ({
    key: randomUUID(),
    snapshotId: null,
    rowId: rowOf(who),
    kind,
    machine: how === 'machine',
    at: (how === 'before' ? before : new Date(written.getTime() + minute * 60_000)).toISOString(),
    data,
  }));
  expect(await recordEvents(db, events)).toBe(deeds.length);
  report = await reportOf(runId, tools);
});
afterAll(async () => {
  await db.destroy();
  await made.drop();
});

const told = (of: Pick<Report, 'funnel'>) =>
  of.funnel.steps.map(({ step, people, among, machines, later }) => [step, people, among, machines, later]);

describe('a report', () => {
  test('counts each person once, machines apart, among those who could be seen', () => {
    expect(told(report)).toEqual([
      ['planned', 17, null, null, 0],
      ['sent', 13, 17, null, 0],
      ['accepted', 10, 13, null, 0],
      ['bounced', 1, 13, null, 0],
      ['opened', 3, 8, 2, 0],
      ['clicked', 1, 8, 1, 0],
      ['visited', 3, 8, 0, 1],
      ['played', 3, 8, 0, 0],
      ['watched-25', 2, 8, 0, 0],
      ['watched-50', 2, 8, 0, 0],
      ['watched-75', 1, 8, 0, 0],
      ['watched-100', 1, 8, 0, 0],
      ['interacted', 2, 8, 0, 0],
      ['answered', 4, 10, 0, 0],
      ['converted', 4, 10, null, 0],
      ['unsubscribed', 1, 10, 0, 0],
      ['complained', 1, 10, null, 0],
    ]);
    expect(stepOf(report.funnel, 'opened')).toMatchObject({ of: 'tracked', share: 0.375 });
    const [a, b] = report.variants;
    if (!a || !b) throw new Error('two variants');
    expect(told(a).slice(0, 6)).toEqual([
      ['sent', 7, null, null, 0],
      ['accepted', 6, 7, null, 0],
      ['bounced', 1, 7, null, 0],
      ['opened', 2, 5, 2, 0],
      ['clicked', 1, 5, 0, 0],
      ['visited', 2, 5, 0, 0],
    ]);
    expect(told(b).slice(3, 6)).toEqual([
      ['opened', 1, 3, 0, 0],
      ['clicked', 0, 3, 1, 0],
      ['visited', 1, 3, 0, 1],
    ]);
    expect([a.conversions.hits, b.conversions.hits]).toEqual([2, 2]);
  });

  test('adds money up exactly, by currency, and sets it against cost and holdout', () => {
    expect(report.values).toEqual([
      { currency: 'CHF', conversions: 1, people: 1, sum: '5', perConversion: '5', perAccepted: '0.5' },
      {
        currency: 'EUR',
        conversions: 3,
        people: 2,
        sum: '20.29',
        perConversion: '6.763333',
        perAccepted: '2.029',
      },
    ]);
    // As floats 0.1 and 0.2 are 0.30000000000000004.
    expect(report.variants[0]?.values).toMatchObject([{ sum: '0.3', conversions: 2, people: 1 }]);
    expect(report.cost).toEqual({
      currency: 'EUR',
      perMessage: '0.1',
      messages: 13,
      total: '1.3',
      perClick: '0.8',
      perAnswer: '0.325',
      perConversion: '0.325',
      value: '20.29',
      return: '15.607692',
    });
    // What a2 bought before the message counts here: the held-out have no message, either.
    expect(report.holdout).toMatchObject({
      heldOut: { people: 2, hits: 1 },
      others: { people: 15, hits: 5 },
      values: [
        { currency: 'CHF', heldOut: { converted: 0, sum: '0' }, others: { converted: 1, sum: '5' } },
        {
          currency: 'EUR',
          heldOut: { people: 2, converted: 1, sum: '1.1', perPerson: '0.55' },
          others: { people: 15, converted: 3, sum: '27.29', perPerson: '1.819333' },
          difference: '1.269333',
          isClear: false,
          isRough: true,
        },
      ],
    });
  });

  test('tells surveys, chat and reading in numbers', () => {
    const [meter, nps, tariff] = report.surveys;
    expect(meter).toEqual({
      form: 'meter',
      people: 1,
      fields: [{ field: 'reading', people: 1, type: 'given' }],
    });
    expect(nps).toMatchObject({
      people: 4,
      fields: [{ type: 'nps', promoters: 2, passives: 1, detractors: 1, score: 25 }],
    });
    expect(tariff?.fields).toMatchObject([
      {
        options: [
          { option: 'basic', people: 1, share: 0.5 },
          { option: 'green', people: 1 },
        ],
      },
    ]);
    expect(report.variants[0]?.surveys.find((it) => it.form === 'nps')).toMatchObject({
      people: 2,
      fields: [{ score: 0 }],
    });
    expect(report.chat).toEqual({
      people: 1,
      questions: 2,
      unanswered: 1,
      share: 0.5,
      top: [{ answer: 'why', questions: 1 }],
    });
    expect(report.reading).toEqual({
      people: 3,
      medianSeconds: 30,
      atLeast: [
        { seconds: 30, people: 2 },
        { seconds: 60, people: 1 },
      ],
    });
  });

  test('is the same in JSON, CSV, picture and text', () => {
    expect(reportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
    const csv = reportCsv(report);
    expect(csv.split('\r\n')[0]).toBe(
      'run,campaign,occurrence,variant,phase,step,people,of,among,share,low,high,machines,later',
    );
    const records = parse(csv, { columns: true, record_delimiter: '\r\n' }) as Record<string, string>[];
    const parts = [report, ...report.variants];
    expect(records).toHaveLength(parts.reduce((sum, it) => sum + it.funnel.steps.length, 0));
    const text = describeReport(report);
    const whole = drawFunnel(report);
    for (const part of parts) {
      const variant = 'name' in part ? part.name : '';
      for (const { step, people, share, interval, machines } of part.funnel.steps) {
        const record = records.find((it) => it.variant === variant && it.step === step && it.phase === '');
        const shown = [String(people), share, interval?.low, interval?.high, machines].map((it) =>
          String(it ?? ''),
        );
        expect([record?.people, record?.share, record?.low, record?.high, record?.machines]).toEqual(shown);
        if (variant !== '' || step === 'planned') continue;
        const percent = `${((share ?? 0) * 100).toFixed(1)} %`;
        expect(whole).toContain(`>${people}  ·  ${percent}</text>`);
        expect(text).toMatch(new RegExp(`${step} +${people} +${percent.replace('.', '\\.')}`));
      }
    }
    expect(drawVariants(report)).toContain('>40.0 %  ·  2</text>');
    expect(text).toMatch(/EUR +3 +20\.29 +6\.76 +2\.03/);
  });

  test('loses nobody who is erased, and no sum; their answers go', async () => {
    const a1 = await db
      .selectFrom('profiles')
      .select('id')
      .where('external_id', '=', 'a1')
      .executeTakeFirstOrThrow();
    await eraseProfile(db, a1.id, { secret });
    const after = await reportOf(runId, tools);
    expect(after.funnel).toEqual(report.funnel);
    expect([after.values, after.reading, after.cost]).toEqual([report.values, report.reading, report.cost]);
    expect(after.surveys.find((it) => it.form === 'nps')?.people).toBe(3);
  });
});
