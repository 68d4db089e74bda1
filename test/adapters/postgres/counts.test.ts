import { CompiledQuery, Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { postgresCounts } from '../../../src/adapters/postgres/counts.ts';
import { eraseProfile } from '../../../src/adapters/postgres/erase-profile.ts';
import type { Schema } from '../../../src/adapters/postgres/schema.ts';
import { upsertProfiles } from '../../../src/adapters/postgres/upsert-profiles.ts';
import type { Counts } from '../../../src/run/campaign/counts.ts';
import { testDatabase } from '../../support/database.ts';

const runs = 16;
const rowsPerRun = 1000;

let made: Awaited<ReturnType<typeof testDatabase>>;
let db: Kysely<Schema>;
let counts: Counts;
let runId: string;
const asked: CompiledQuery[] = [];

/**
 * Sixteen runs of a thousand rows. Of each the first 100 are held out, the next 100 the sample (halves, two of three may be counted), the
 * others the rest; everybody else has the message. Of ten people one clicked, twice, and one's mail scanner did; the held-out convert too.
 */
beforeAll(async () => {
  made = await testDatabase();
  const dialect = new PostgresDialect({ pool: new pg.Pool({ connectionString: made.url, max: 2 }) });
  db = new Kysely<Schema>({ dialect, log: ({ query }) => void asked.push(query) });
  counts = postgresCounts(db);
  await upsertProfiles(db, [{ externalId: 'ada', email: 'ada@example.com' }]);
  await sql`
    insert into runs (kind, name, occurrence, campaign, state, decide_at)
    select 'campaign', 'c', i::text, '{}', 'running', now() from generate_series(1, ${runs}::int) as i`.execute(
    db,
  );
  await sql`
    insert into ledger (run_id, profile_id, state, reason, phase, variant, tracked, next_at, ended_at)
    select runs.id, case when i = 109 then (select id from profiles) end,
      case when i < 100 then 'skipped' else 'accepted' end, case when i < 100 then 'holdout' end,
      case when i < 100 then null when i < 200 then 'sample' else 'rest' end,
      case when i < 100 then null when i < 200 then (array['a', 'b'])[1 + i % 2] else 'b' end, i % 3 > 0,
      null, '2026-06-01T00:00:00Z'::timestamptz + i * interval '1 second'
    from runs, generate_series(0, ${rowsPerRun - 1}::int) as i`.execute(db);
  await sql`
    insert into events (key, ledger_id, run_id, kind, machine, at)
    select gen_random_uuid(), id, run_id, did.kind, did.machine, ended_at + interval '1 hour'
    from (
      select ledger.*, extract(epoch from ended_at - '2026-06-01T00:00:00Z')::int as i from ledger
    ) as them join (values (9, 'click', false), (9, 'click', false), (8, 'click', true), (7, 'open', false), (6, 'conversion', false))
      as did (digit, kind, machine) on i % 10 = digit`.execute(db);
  await sql`analyze`.execute(db);
  runId = (await db.selectFrom('runs').select('id').where('occurrence', '=', '7').executeTakeFirstOrThrow())
    .id;
});
afterAll(async () => {
  await db.destroy();
  await made.drop();
});

const everything = async () => ({
  variants: await counts.variants(runId),
  sample: await counts.variants(runId, { phase: 'sample', until: new Date() }),
  converted: await counts.converted(runId),
  figures: await counts.figures(runId),
});

describe('counts', () => {
  test('are people, whose clicks count where they agreed, and never machines', async () => {
    expect(await everything()).toEqual({
      variants: [
        // Digits 9 are odd, so they have b; 6 is even and has a. Of 109, 119 … 199 seven are no multiple of three.
        { variant: 'b', phase: 'rest', accepted: 800, trackable: 533, clicked: 53, converted: 80 },
        { variant: 'a', phase: 'sample', accepted: 50, trackable: 33, clicked: 0, converted: 10 },
        { variant: 'b', phase: 'sample', accepted: 50, trackable: 34, clicked: 7, converted: 0 },
      ],
      sample: [
        { variant: 'a', phase: 'sample', accepted: 50, trackable: 33, clicked: 0, converted: 10 },
        { variant: 'b', phase: 'sample', accepted: 50, trackable: 34, clicked: 7, converted: 0 },
      ],
      converted: { heldOut: 10, others: 90 },
      figures: expect.objectContaining({
        values: expect.arrayContaining([
          { variant: 'b', phase: 'rest', currency: null, people: 80, conversions: 80, sum: null },
        ]),
      }),
    });
  });

  test('tell what was done by variant, phase and consent', async () => {
    const { sent, deeds } = await counts.figures(runId);
    expect(sent).toContainEqual({
      variant: 'b',
      phase: 'rest',
      state: 'accepted',
      people: 800,
      tracked: 533,
    });
    const clicks = deeds.filter((it) => it.deed === 'click' && it.phase === 'rest' && !it.machine);
    expect(clicks).toEqual(
      expect.arrayContaining([
        { variant: 'b', phase: 'rest', deed: 'click', machine: false, tracked: true, mark: null, people: 53 },
        {
          variant: 'b',
          phase: 'rest',
          deed: 'click',
          machine: false,
          tracked: false,
          mark: null,
          people: 27,
        },
      ]),
    );
  });

  test('stop where they are told to', async () => {
    // The clicks come an hour after 109, 119 … 199 seconds.
    const until = new Date('2026-06-01T01:02:30Z');
    const [, b] = await counts.variants(runId, { phase: 'sample', until });
    expect(b).toMatchObject({ variant: 'b', clicked: 4 });
  });

  test('lose nobody who is erased', async () => {
    const before = await everything();
    const { id } = await db.selectFrom('profiles').select('id').executeTakeFirstOrThrow();
    expect((await eraseProfile(db, id, { secret: Buffer.alloc(32) })).ledgerRows).toBe(runs);
    expect(await everything()).toEqual(before);
  });

  test('know when nine in ten of a sample had ended', async () => {
    const all = await counts.undecided();
    expect(all).toHaveLength(runs);
    // 90 of 100, the first of which ended at 100 s.
    expect(await counts.isSampleOut(runId)).toBe(true);
    expect(all[0]).toMatchObject({ people: 100, ended: 100, through: new Date('2026-06-01T00:03:09Z') });
  });

  test('are read from indexes', async () => {
    asked.length = 0;
    await everything();
    await counts.undecided();
    await counts.decided(runId);
    const queries = [...asked];
    expect(queries.length).toBeGreaterThanOrEqual(11);
    for (const query of queries) {
      const { rows } = await db.executeQuery<{ 'QUERY PLAN': string }>(
        CompiledQuery.raw(`explain ${query.sql}`, [...query.parameters]),
      );
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
      expect(plan).not.toMatch(/Seq Scan on (ledger|events)/);
    }
  });
});
