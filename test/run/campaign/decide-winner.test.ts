import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../../src/adapters/postgres/connect.ts';
import { postgresCounts } from '../../../src/adapters/postgres/counts.ts';
import { postgresLedger } from '../../../src/adapters/postgres/ledger/postgres-ledger.ts';
import { upsertProfiles } from '../../../src/adapters/postgres/upsert-profiles.ts';
import { campaignSchema } from '../../../src/campaign/campaign.ts';
import type { Counts } from '../../../src/run/campaign/counts.ts';
import { decideDueWinners } from '../../../src/run/campaign/decide-winner.ts';
import type { Ledger } from '../../../src/run/ledger.ts';
import { testDatabase } from '../../support/database.ts';

const people = 200;
const start = new Date('2026-06-01T00:00:00Z');
const hours = (count: number) => new Date(start.getTime() + count * 3_600_000);

let made: Awaited<ReturnType<typeof testDatabase>>;
let db: Database;
let ledger: Ledger;
let counts: Counts;
let woken: string[];

beforeAll(async () => {
  made = await testDatabase();
  db = openDatabase(made.url);
  ledger = postgresLedger(db, Buffer.from('a secret of thirty-two characters'));
  counts = postgresCounts(db);
  await upsertProfiles(
    db,
    Array.from({ length: people }, (_, index) => ({
      externalId: `P${String(index).padStart(4, '0')}`,
      email: `p${index}@example.com`,
    })),
  );
});
afterAll(async () => {
  await db.destroy();
  await made.drop();
});
beforeEach(async () => {
  await sql`truncate runs cascade`.execute(db);
  woken = [];
});

const variants = [{ name: 'plain' }, { name: 'short' }];

async function open(more: object = {}): Promise<string> {
  const campaign = campaignSchema.parse({
    name: 'c',
    pack: 'p',
    sender: 's',
    variants,
    sample: { share: 0.5 },
    ...more,
  });
  const { run } = await ledger.open(
    { kind: 'campaign', name: 'c', occurrence: randomUUID(), campaign },
    { rule: campaign.audience },
  );
  return run.id;
}

/** As if the sample had been sent, a person a second, ending at `start`; all had agreed to be counted, unless said otherwise. */
async function send(runId: string, { share = 1, tracked = true } = {}): Promise<void> {
  await sql`
    with numbered as (
      select id, row_number() over (order by id) as place, count(*) over () as total
      from ledger where run_id = ${runId} and phase = 'sample'
    )
    update ledger set state = 'accepted', next_at = null, tracked = ${tracked},
      ended_at = ${start}::timestamptz - (total - place) * interval '1 second'
    from numbered where ledger.id = numbered.id and place <= ceil(total * ${share}::float8)`.execute(db);
}

/** What so many of a variant's people did, at so many hours after the start. */
async function act(
  runId: string,
  variant: string,
  count: number,
  kind: string,
  at = hours(1),
  machine = false,
) {
  await sql`
    insert into events (key, ledger_id, run_id, kind, machine, at)
    select gen_random_uuid(), id, run_id, ${kind}, ${machine}, ${at} from (
      select id, run_id from ledger where run_id = ${runId} and variant = ${variant} and phase = 'sample'
      order by id limit ${count}
    ) as them, generate_series(1, 3)`.execute(db);
}

const decide = (now: Date) =>
  decideDueWinners({
    counts,
    ledger,
    now: () => now,
    queue: { wakeRun: async (runId) => void woken.push(runId) },
  });

describe('a winner is named', () => {
  test('although another run cannot be looked at', async () => {
    const [broken, sound] = [await open(), await open()];
    for (const runId of [broken, sound]) await send(runId);
    await sql`update runs set campaign = '{"of": "old"}' where id = ${broken}`.execute(db);
    await expect(decide(hours(48))).rejects.toThrow();
    const { rows } = await sql<{ id: string }>`select id from runs where winner is not null`.execute(db);
    expect(rows).toEqual([{ id: sound }]);
  });

  test('as soon as the evidence is there, at the next look, once, and the rest is woken', async () => {
    const runId = await open();
    await send(runId);
    await act(runId, 'short', 20, 'click');
    await act(runId, 'plain', 2, 'click');
    expect(await decide(hours(2))).toEqual([]);
    const both = await Promise.all([decide(hours(3)), decide(hours(3))]);
    expect(both.flat()).toEqual([{ runId, variant: 'short', chosenBy: 'evidence' }]);
    expect(woken).toEqual([runId]);
    expect(await decide(hours(4))).toEqual([]);
    const run = await ledger.find(runId);
    expect(run.winner).toBe('short');
    const decided = await counts.decided(runId);
    expect(decided?.decision).toMatchObject({
      by: 'clicks',
      chosenBy: 'evidence',
      // The second look: a tenth of the day after nine in ten were through, of a hundred people or so.
      until: expect.stringMatching(/^2026-06-01T02:23:[45]/),
      variants: [
        { variant: 'plain', hits: 2 },
        { variant: 'short', hits: 20 },
      ],
    });
  });

  test('not by opens, and not by machines', async () => {
    const runId = await open();
    await send(runId);
    await act(runId, 'short', 40, 'open');
    await act(runId, 'short', 40, 'click', hours(1), true);
    await act(runId, 'plain', 1, 'click');
    expect(await decide(hours(20))).toEqual([]);
    expect(await decide(hours(24))).toEqual([{ runId, variant: 'plain', chosenBy: 'time' }]);
  });

  test('by conversions where the campaign says so, also of people whose clicks nobody may count', async () => {
    const runId = await open({ sample: { share: 0.5, by: 'conversions' } });
    await send(runId, { tracked: false });
    await act(runId, 'plain', 30, 'click');
    await act(runId, 'short', 25, 'conversion');
    expect(await decide(hours(3))).toEqual([{ runId, variant: 'short', chosenBy: 'evidence' }]);
  });

  test('when the time is up, though nobody did anything: the first one', async () => {
    const runId = await open();
    await send(runId);
    expect(await decide(hours(23.9))).toEqual([]);
    expect(await decide(hours(24))).toEqual([{ runId, variant: 'plain', chosenBy: 'no-hits' }]);
  });

  test('at once where nobody agreed to be counted', async () => {
    const runId = await open();
    await send(runId, { tracked: false });
    await act(runId, 'short', 30, 'click');
    expect(await decide(hours(0.1))).toEqual([{ runId, variant: 'plain', chosenBy: 'no-people' }]);
  });

  test('at once where the draw put nobody into the sample', async () => {
    const runId = await open({ sample: { share: 0.000_001 } });
    expect(await decide(start)).toEqual([{ runId, variant: 'plain', chosenBy: 'no-people' }]);
  });
});

describe('the time runs', () => {
  test('from when nine in ten of the sample have ended, however late that is', async () => {
    const runId = await open();
    expect(await decide(hours(900))).toEqual([]);
    await send(runId, { share: 0.8 });
    await act(runId, 'short', 30, 'click');
    expect(await decide(hours(900))).toEqual([]);
    await send(runId, { share: 0.95 });
    expect(await decide(hours(1))).toEqual([]);
    const { decideAt } = await ledger.find(runId);
    expect(Math.abs(Date.parse(decideAt ?? '') - hours(24).getTime())).toBeLessThan(60_000);
  });

  test.each([
    ['paused', (runId: string) => ledger.pause(runId, 'by hand')],
    ['cancelled', (runId: string) => ledger.cancel(runId)],
  ])('not while the run is %s', async (_, stop) => {
    const runId = await open();
    await send(runId);
    await stop(runId);
    expect(await decide(hours(48))).toEqual([]);
    expect(woken).toEqual([]);
  });

  test('not where all variants share the whole audience', async () => {
    const runId = await open({ sample: null });
    expect(await decide(hours(48))).toEqual([]);
    expect((await ledger.find(runId)).winner).toBeNull();
  });
});
