import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../src/adapters/postgres/connect.ts';
import { DearlyError } from '../../src/errors.ts';
import { keepTrying } from '../../src/run/keep-trying.ts';
import { testDatabase } from '../support/database.ts';

let made: Awaited<ReturnType<typeof testDatabase>>;
let db: Database;
beforeAll(async () => {
  made = await testDatabase();
  db = openDatabase(made.url);
});
afterAll(async () => {
  await db.destroy();
  await made.drop();
});

describe('keepTrying', () => {
  test('a connection that the server ends is a database that is away, and the next try has a new one', async () => {
    let tries = 0;
    const work = async () => {
      if (++tries > 2) return (await sql<{ one: number }>`select 1 as one`.execute(db)).rows[0]?.one;
      return await sql`select pg_terminate_backend(pg_backend_pid())`.execute(db);
    };
    expect(await keepTrying(work)).toBe(1);
    expect(tries).toBe(3);
  });

  test('a server that is not there is away, in a transaction as well', async () => {
    const nobody = openDatabase('postgres://nobody@127.0.0.1:1/nothing');
    const outage = { code: 'database-unavailable', retry: 'later' };
    await expect(sql`select 1`.execute(nobody)).rejects.toMatchObject(outage);
    await expect(keepTrying(() => sql`select 1`.execute(nobody), { forMs: 10 })).rejects.toMatchObject(
      outage,
    );
    await nobody.destroy();
    const broken = db
      .transaction()
      .execute((trx) => sql`select pg_terminate_backend(pg_backend_pid())`.execute(trx));
    await expect(broken).rejects.toMatchObject(outage);
  });

  test('any other fault is thrown at once', async () => {
    let tries = 0;
    const fail = (error: () => Promise<unknown>) => {
      const work = () => {
        tries++;
        return error();
      };
      return keepTrying(work);
    };
    await expect(fail(() => sql`selec 1`.execute(db))).rejects.toMatchObject({ code: '42601' });
    await expect(fail(() => Promise.reject(new DearlyError('run-missing', 'No.')))).rejects.toThrow('No.');
    expect(tries).toBe(2);
  });

  test('once the signal is given, its patience is short', async () => {
    const abort = new AbortController();
    abort.abort();
    let tries = 0;
    const away = () => Promise.reject(new DearlyError('database-unavailable', 'Away.'));
    const work = () => (++tries < 3 ? away() : Promise.resolve('back'));
    expect(await keepTrying(work, { signal: abort.signal })).toBe('back');
  });
});
