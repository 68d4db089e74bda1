import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { postgresChores } from '../../src/adapters/postgres/chores.ts';
import { type Database, openDatabase } from '../../src/adapters/postgres/connect.ts';
import { type Chore, tick } from '../../src/run/tick.ts';
import { testDatabase } from '../support/database.ts';

let made: Awaited<ReturnType<typeof testDatabase>>;
let db: Database;
let stop: AbortController;
let workers: Promise<void>[];
const faults: string[] = [];
beforeAll(async () => {
  made = await testDatabase();
  db = openDatabase(made.url);
});
afterAll(async () => {
  await db.destroy();
  await made.drop();
});
beforeEach(async () => {
  await sql`truncate chores`.execute(db);
  stop = new AbortController();
  workers = [];
  faults.length = 0;
});
afterEach(async () => {
  stop.abort();
  await Promise.all(workers);
});

function work(...chores: Chore[]) {
  const onFault = (what: string) => void faults.push(what);
  workers.push(tick({ chores, book: postgresChores(db), everyMs: 10, signal: stop.signal, onFault }));
}

/** Resolves with how many have come so far once `count` have. */
function counter(count: number) {
  const { promise, resolve } = Promise.withResolvers<void>();
  let calls = 0;
  return {
    reached: promise,
    call: () => {
      if (++calls === count) resolve();
    },
    get calls() {
      return calls;
    },
  };
}

describe('tick', () => {
  test('a chore is done once per period, however many workers ask', async () => {
    const daily = counter(1);
    const often = counter(20);
    const chores: Chore[] = [
      { name: 'daily', everyMs: 86_400_000, run: async () => daily.call() },
      { name: 'often', everyMs: 1, run: async () => often.call() },
    ];
    for (let index = 0; index < 4; index++) work(...chores);
    await often.reached;
    expect(daily.calls).toBe(1);
  });

  test('never by two at once, and one that takes long holds no other up', async () => {
    const others = counter(10);
    const { promise: released, resolve: end } = Promise.withResolvers<void>();
    let atOnce = 0;
    let most = 0;
    const slow: Chore = {
      name: 'slow',
      everyMs: 1,
      async run() {
        most = Math.max(most, ++atOnce);
        await released;
        atOnce--;
      },
    };
    for (let index = 0; index < 3; index++)
      work(slow, { name: 'other', everyMs: 1, run: async () => others.call() });
    await others.reached;
    expect(most).toBe(1);
    end();
  });

  test('one that fails is told, and the others go on', async () => {
    const others = counter(10);
    work(
      { name: 'broken', everyMs: 1, run: () => Promise.reject(new Error('no disk')) },
      { name: 'other', everyMs: 1, run: async () => others.call() },
    );
    await others.reached;
    expect(faults).toEqual(['chore broken']);
    const row = await db.selectFrom('chores').selectAll().where('name', '=', 'broken').executeTakeFirst();
    expect(row).toMatchObject({ error: 'no disk', busy_until: null });
    expect(row?.due_at.getTime()).toBeGreaterThan(Date.now());
  });

  test('what a worker was at when it was killed is done by another once its lease has ended', async () => {
    const book = postgresChores(db);
    expect(await book.take(['forsaken'], 30_000)).toEqual(['forsaken']);
    expect(await book.take(['forsaken'], 30_000)).toEqual([]);
    await sql`update chores set busy_until = now() - interval '1 second'`.execute(db);
    const done = counter(1);
    work({ name: 'forsaken', everyMs: 1000, run: async () => done.call() });
    await done.reached;
  });

  test('it ends when the chores under way have', async () => {
    const begun = counter(1);
    let isDone = false;
    work({
      name: 'last',
      everyMs: 1000,
      async run(signal) {
        begun.call();
        await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
        isDone = true;
      },
    });
    await begun.reached;
    stop.abort();
    await Promise.all(workers);
    expect(isDone).toBe(true);
  });
});
