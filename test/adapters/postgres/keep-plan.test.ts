import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../../src/adapters/postgres/connect.ts';
import { keepPlan } from '../../../src/adapters/postgres/keep-plan.ts';
import { keepTrying } from '../../../src/run/keep-trying.ts';
import { testDatabase } from '../../support/database.ts';

let made: Awaited<ReturnType<typeof testDatabase>>;
let db: Database;

beforeAll(async () => {
  made = await testDatabase();
  db = openDatabase(made.url, { maxConnections: 1 });
});
afterAll(async () => {
  await db.destroy();
  await made.drop();
});

const ask = async (value: number) =>
  (await sql<{ half: number }>`${keepPlan} select 10 / ${value}::integer as half`.execute(db)).rows[0]?.half;

const prepared = async () =>
  (await sql<{ statement: string }>`select statement from pg_prepared_statements`.execute(db)).rows;

test('a marked statement is planned once per connection, and others never', async () => {
  expect([await ask(2), await ask(5)]).toEqual([5, 2]);
  await sql`select ${1}::integer`.execute(db);
  expect(await prepared()).toEqual([{ statement: expect.stringContaining('select 10 / $1::integer') }]);
});

test('a fault in it is told, and the next one works; so it does over a new connection', async () => {
  await expect(ask(0)).rejects.toMatchObject({ code: '22012' });
  expect(await ask(2)).toBe(5);
  await expect(sql`select pg_terminate_backend(pg_backend_pid())`.execute(db)).rejects.toMatchObject({
    code: 'database-unavailable',
  });
  expect(await keepTrying(() => ask(2))).toBe(5);
  expect(await prepared()).toHaveLength(1);
});
