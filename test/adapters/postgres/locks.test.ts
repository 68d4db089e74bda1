import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { postgresLocks } from '../../../src/adapters/postgres/locks.ts';
import { type TestDatabase, testDatabase } from '../../support/database.ts';

let database: TestDatabase;
const opened: { close(): Promise<void> }[] = [];
function locks(...args: Parameters<typeof postgresLocks> extends [string, ...infer Rest] ? Rest : never) {
  const made = postgresLocks(database.url, ...args);
  opened.push(made);
  return made;
}
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  for (const it of opened) await it.close();
  await database.drop();
});

/** Ends all sessions of locks from outside, as a restart of the server would. */
async function cutOff(): Promise<void> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where application_name = 'dearly-locks' and datname = current_database()`,
  );
  await client.end();
}

test('one at a time, in one process and in two', async () => {
  const [here, there] = [locks(), locks()];
  let inside = 0;
  let most = 0;
  const work = async () => {
    most = Math.max(most, ++inside);
    await setTimeout(5);
    inside -= 1;
  };
  await Promise.all(Array.from({ length: 12 }, (_, index) => (index % 2 ? here : there).hold('same', work)));
  expect(most).toBe(1);
});

test('other keys do not wait; what the work gives or throws comes through', async () => {
  const it = locks();
  const nested = await it.hold('a', () => it.hold('b', async () => 'both'));
  expect(nested).toBe('both');
  await expect(it.hold('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await it.hold('a', async () => 'free again')).toBe('free again');
});

test('whoever waits can give up', async () => {
  const [here, there] = [locks(), locks()];
  const { promise: done, resolve: finish } = Promise.withResolvers<void>();
  const { promise: started, resolve: start } = Promise.withResolvers<void>();
  const held = here.hold('kept', async () => {
    start();
    await done;
  });
  await started;
  const signal = AbortSignal.timeout(50);
  await expect(there.hold('kept', async () => 1, signal)).rejects.toMatchObject({
    name: expect.stringMatching(/Abort|Timeout/),
  });
  await expect(here.hold('kept', async () => 1, AbortSignal.timeout(50))).rejects.toMatchObject({
    name: 'TimeoutError',
  });
  finish();
  await held;
  expect(await here.hold('kept', async () => 2)).toBe(2);
});

test('a holder that is killed leaves the key to another', async () => {
  const holder = spawn(process.execPath, ['test/support/hold-lock.ts', database.url, 'left'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(holder.stdout, 'data');
  let taken = false;
  const waiting = locks().hold('left', async () => {
    taken = true;
  });
  await setTimeout(300);
  expect(taken).toBe(false);
  const killedAtMs = performance.now();
  holder.kill('SIGKILL');
  await waiting;
  expect(performance.now() - killedAtMs).toBeLessThan(10_000);
});

test('a holder that lives for ever does not hold others up for ever', async () => {
  const [here, there] = [locks(), locks({ patienceMs: 100 })];
  const { promise: done, resolve: finish } = Promise.withResolvers<void>();
  const held = here.hold('stuck', () => done);
  expect(await there.hold('stuck', async () => 'went on')).toBe('went on');
  finish();
  await held;
});

test('a lost connection is made anew, for those who wait and those who come', async () => {
  const [here, there] = [locks(), locks()];
  const { promise: done, resolve: finish } = Promise.withResolvers<void>();
  const { promise: started, resolve: start } = Promise.withResolvers<void>();
  const held = here.hold('cut', async () => {
    start();
    await done;
    return 'done';
  });
  await started;
  await cutOff();
  // With the session its lock is gone.
  expect(await there.hold('cut', async () => 'mine')).toBe('mine');
  finish();
  expect(await held).toBe('done');
  expect(await here.hold('cut', async () => 'again')).toBe('again');
});

test('no database is a fault, not a wait', async () => {
  const nowhere = postgresLocks('postgres://nobody@127.0.0.1:1/nothing');
  await expect(nowhere.hold('a', async () => 1)).rejects.toMatchObject({ code: 'database-unavailable' });
});
