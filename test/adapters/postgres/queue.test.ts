import { afterAll, beforeAll, expect, test } from 'vitest';
import { openQueue, type PgQueue } from '../../../src/adapters/postgres/queue.ts';
import { testDatabase } from '../../support/database.ts';

let made: Awaited<ReturnType<typeof testDatabase>>;
let queue: PgQueue;
beforeAll(async () => {
  made = await testDatabase();
  queue = await openQueue(made.url, () => {});
});
afterAll(async () => {
  await queue.close();
  await made.drop();
});

test('several videos are under way at once, no more than told, and none twice', async () => {
  const keys = ['a', 'b', 'c', 'd', 'e'].map((name) => `video/${name}.mp4`);
  for (const key of [...keys, ...keys]) await queue.wakeVideo(key);
  const taken: string[] = [];
  let running = 0;
  let most = 0;
  const { promise: two, resolve: twoRun } = Promise.withResolvers<void>();
  const { promise: all, resolve: allTaken } = Promise.withResolvers<void>();
  await queue.work({
    videosAtOnce: 2,
    onRun: async () => {},
    async onVideo(key) {
      taken.push(key);
      running += 1;
      most = Math.max(most, running);
      if (running === 2) twoRun();
      // The first waits for a second beside it.
      await two;
      running -= 1;
      if (taken.length === keys.length) allTaken();
    },
  });
  await all;
  expect(most).toBe(2);
  expect(taken.toSorted()).toEqual(keys);
});
