import { randomUUID } from 'node:crypto';
import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { takeBounce } from '../../../src/adapters/postgres/bounces/take-bounce.ts';
import { type Database, openDatabase } from '../../../src/adapters/postgres/connect.ts';
import { countWork } from '../../../src/adapters/postgres/count-work.ts';
import { postgresCounts } from '../../../src/adapters/postgres/counts.ts';
import { findToldRow } from '../../../src/adapters/postgres/find-told-row.ts';
import { forsakenRuns } from '../../../src/adapters/postgres/forsaken-runs.ts';
import { postgresLedger } from '../../../src/adapters/postgres/ledger/postgres-ledger.ts';
import { listRuns } from '../../../src/adapters/postgres/list-runs.ts';
import { campaignSchema } from '../../../src/campaign/campaign.ts';
import { DearlyError } from '../../../src/errors.ts';
import { reportOf } from '../../../src/run/campaign/report.ts';
import type { Claim, Ledger } from '../../../src/run/ledger.ts';
import { fillBare } from '../../support/bare-table.ts';
import { testDatabase } from '../../support/database.ts';
import { all, first, secret, snapshotFor, tomorrow } from '../../support/ledger.ts';

const people = 100_000;
/** Ten runs of everybody: a million rows, and each run too large to be read as a whole. */
const runs = [
  'planned',
  'waits-for-tomorrow',
  'waits-for-winner',
  'has-winner',
  'half-way',
  'completed',
  'completed',
  'completed',
  'completed',
  'completed',
] as const;

const tellPlans = [
  'session_preload_libraries=auto_explain',
  'auto_explain.log_level=notice',
  'auto_explain.log_min_duration=0',
  'auto_explain.log_analyze=on',
  'auto_explain.log_buffers=on',
  'auto_explain.log_format=json',
];

let made: Awaited<ReturnType<typeof testDatabase>>;
let db: Database;
let ledger: Ledger;
const runIds = new Map<string, string>();
const plans: Plan[] = [];

beforeAll(async () => {
  made = await testDatabase();
  const loader = openDatabase(made.url);
  await load(loader);
  await loader.destroy();
  // Every statement tells its plan, as it was run.
  const pool = new pg.Pool({ connectionString: made.url, options: `-c ${tellPlans.join(' -c ')}` });
  pool.on('connect', (client) => client.on('notice', ({ message = '' }) => keepPlan(message)));
  db = new Kysely({ dialect: new PostgresDialect({ pool }) });
  ledger = postgresLedger(db, secret);
}, 180_000);
afterAll(async () => {
  await db.destroy();
  await made.drop();
});

/** A million rows in one statement. */
async function load(db: Database): Promise<void> {
  const campaign = campaignSchema.parse({
    name: 'c',
    pack: 'p',
    sender: 's',
    frequency_cap: { messages: 1, days: 7 },
  });
  for (const [index, kind] of runs.entries()) {
    const id = randomUUID();
    runIds.set(kind, id);
    await db
      .insertInto('runs')
      .values({
        id,
        kind: 'campaign',
        name: kind,
        occurrence: String(index),
        campaign: JSON.stringify(campaign),
        state: kind === 'completed' ? 'completed' : 'running',
        winner: kind === 'has-winner' ? 'a' : null,
      })
      .execute();
  }
  await sql`insert into profiles (external_id, email)
    select 'P' || n, 'p' || n || '@' || (n % 50) || '.example' from generate_series(1, ${people}::integer) as n`.execute(
    db,
  );
  await sql`insert into domain_pauses (domain, until, response) values ('7.example', now() + interval '1 hour', '421')`.execute(
    db,
  );
  await fillBare(db, 'ledger', (session) =>
    sql`
      insert into ledger (run_id, profile_id, domain, variant, phase, state, reason, attempt, next_at, lease_until,
        first_tried_at, ended_at)
      select run.id, profiles.id, split_part(email, '@', 2),
        case when its.phase = 'rest' then null else 'a' end, its.phase, its.state,
        case its.state when 'skipped' then 'no-consent' when 'accepted' then '250 2.0.0 ok ' || profiles.id end,
        case its.state when 'planned' then 0 else 1 end,
        case its.state when 'planned' then now() + wait end,
        case when its.state in ('claimed', 'handoff') then now() + interval '1 minute' end,
        case its.state when 'accepted' then now() - interval '8 days' end,
        case when its.state in ('accepted', 'skipped') then now() end
      from (values ${sql.join(runs.map((kind, index) => sql`(${kind}, ${String(index)})`))}) as each (how, occurrence)
        join runs as run using (occurrence)
        cross join (select *, row_number() over () as n from profiles) as profiles,
        lateral (select
          case when how like '%winner' then case when n <= 20 then 'sample' else 'rest' end end as phase,
          case when how = 'completed' or (how = 'half-way' and n > 50000) then
            case when n % 10 = 0 then 'skipped' else 'accepted' end
            when how = 'half-way' and n <= 200 then 'claimed' when how = 'half-way' and n <= 210 then 'handoff'
            else 'planned' end as state,
          case when how = 'waits-for-tomorrow' and n > 100 then interval '1 day' else interval '-1 second' end as wait
        ) as its`.execute(session),
  );
  // What people did in the completed runs: a tenth opened it, some went on.
  await fillBare(db, 'events', (session) =>
    sql`
      insert into events (key, ledger_id, run_id, kind, machine, at, data)
      select gen_random_uuid(), id, run_id, its.kind, false, ended_at + interval '1 hour', its.data::jsonb
      from (select ledger.*, row_number() over () as n from ledger where state = 'accepted' and run_id in (select id from runs where state = 'completed')) as rows
        join (values (10, 'open', '{}'), (50, 'click', '{}'), (50, 'visit', '{}'), (100, 'video-start', '{}'),
          (100, 'video-progress', '{"percent": 25}'), (200, 'video-progress', '{"percent": 100}'), (50, 'read', '{"seconds": 30}'),
          (500, 'answer', '{"form": "nps", "score": 9}'), (500, 'conversion', '{"value": 19.99, "currency": "EUR"}'),
          (500, 'chat', '{"found": "why"}')
        ) as its (every, kind, data) on n % every = 0`.execute(session),
  );
  await sql`vacuum analyze ledger, profiles, runs, events`.execute(db);
}

interface Plan {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Shared Hit Blocks': number;
  readonly 'Shared Read Blocks': number;
  readonly Plans?: readonly Plan[];
}

/** What a verb made PostgreSQL do: which tables it read as a whole, what it sorted, and how many 8 KB pages it looked at. */
async function costOf(verb: () => Promise<unknown>) {
  plans.length = 0;
  await verb();
  const nodes = plans.flatMap(nodesOf);
  return {
    scanned: nodes
      .filter((node) => node['Node Type'] === 'Seq Scan')
      .flatMap((node) => node['Relation Name'] ?? []),
    sorted: Math.max(
      0,
      ...nodes.filter((node) => /Sort/.test(node['Node Type'])).map((node) => node['Actual Rows']),
    ),
    pages: plans.reduce((sum, plan) => sum + plan['Shared Hit Blocks'] + plan['Shared Read Blocks'], 0),
  };
}

function keepPlan(message: string): void {
  const json = /plan:\s*(\{.*)/s.exec(message)?.[1];
  if (json !== undefined) plans.push(JSON.parse(json).Plan);
}

function nodesOf(plan: Plan): Plan[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];
}

const bounceOf = (rowId: string) => ({
  kind: 'soft' as const,
  status: '5.2.2',
  detail: 'full',
  isReturned: true,
  about: { rowId },
  reportId: 'x',
  at: new Date(),
});

const idOf = (kind: (typeof runs)[number]) => runIds.get(kind) ?? '';
/** Counting is what is measured here; the pack asks nothing. */
const shelf = {
  pack: async () => {
    throw new DearlyError('pack-missing', 'none');
  },
};
const hundred = { limit: 100, leaseMs: 60_000 };

describe('at a million rows', () => {
  test('there are a million rows', async () => {
    const { rows } = await sql`select count(*) from ledger`.execute(db);
    expect(rows).toEqual([{ count: '1000000' }]);
  });

  test.each([
    ['planned', 100],
    ['waits-for-tomorrow', 100],
    ['waits-for-tomorrow', 0],
    ['waits-for-winner', 20],
    ['waits-for-winner', 0],
    ['has-winner', 100],
    ['half-way', 100],
    ['completed', 0],
  ] as const)('a claim of %s takes the first %i from the front of an index', async (kind, count) => {
    let claims: Claim[] = [];
    const cost = await costOf(async () => {
      claims = await ledger.claim(idOf(kind), hundred);
    });
    // Those of the paused domain are set aside: two in a hundred.
    expect(claims.length).toBeLessThanOrEqual(count);
    expect(claims.length).toBeGreaterThanOrEqual(count * 0.9);
    expect(cost.scanned).not.toContain('ledger');
    expect(cost.sorted).toBe(0);
    expect(cost.pages).toBeLessThan(150 + count * 60);
  });

  test('every other verb looks at its rows and no others', async () => {
    const claim = await first(ledger.claim(idOf('planned'), hundred));
    const counts = postgresCounts(db);
    await sql`update runs set decide_at = now() where name = 'waits-for-winner'`.execute(db);
    const verbs: [name: string, mostPages: number, verb: () => Promise<unknown>][] = [
      ['runs that nobody works on', 400, () => forsakenRuns(db)],
      ['handOff', 200, () => ledger.handOff(claim, snapshotFor(claim), 'x@s', tomorrow)],
      ['settle', 200, () => ledger.settle(claim, { happening: 'accept', detail: '250' })],
      ['recover nothing', 200, () => ledger.recover(idOf('planned'))],
      ['recover', 210 * 60, () => ledger.recover(idOf('half-way'))],
      ['nextDueAt', 200, () => ledger.nextDueAt(idOf('waits-for-tomorrow'))],
      ['nextDueAt', 200, () => ledger.nextDueAt(idOf('waits-for-winner'))],
      ['nextDueAt', 200, () => ledger.nextDueAt(idOf('completed'))],
      ['complete', 200, () => ledger.complete(idOf('half-way'))],
      ['complete', 200, () => ledger.complete(idOf('completed'))],
      ['look', 200, () => ledger.look(idOf('planned'), claim.profile?.id ?? '')],
      ['history', 200, () => all(ledger.history(idOf('planned'), claim.profile?.externalId))],
      ['tally', 2000, () => ledger.tally(idOf('completed'))],
      ['report', 24_000, () => reportOf(idOf('completed'), { ledger, counts, shelf })],
      ['winners due', 200, () => counts.undecided()],
      ['a bounce', 200, () => takeBounce(db, bounceOf(claim.rowId), { secret })],
      ['an event', 200, () => findToldRow(db, { externalId: claim.profile?.externalId ?? '' }, tomorrow)],
      ['metrics', 12_000, () => countWork(db)],
      ['a page of runs', 12_000, () => listRuns(db, 50)],
    ];
    for (const [name, mostPages, verb] of verbs) {
      // A report puts in order what people did, and no row that nobody did anything with.
      const mostSorted = name === 'report' ? 20_000 : 1000;
      const cost = await costOf(verb);
      const whole = cost.scanned.filter((table) => ['ledger', 'profiles', 'events'].includes(table));
      expect.soft([name, whole]).toEqual([name, []]);
      expect
        .soft([name, cost.sorted])
        .toEqual([name, expect.toSatisfy((rows: number) => rows <= mostSorted)]);
      expect
        .soft([name, cost.pages])
        .toEqual([name, expect.toSatisfy((pages: number) => pages <= mostPages)]);
    }
  });
});
