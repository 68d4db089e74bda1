import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { openQueue, type PgQueue } from '../../../src/adapters/postgres/queue.ts';
import { testDatabase } from '../../support/database.ts';

let made: Awaited<ReturnType<typeof testDatabase>>;
let queue: PgQueue;
beforeAll(async () => {
  made = await testDatabase();
});
afterAll(() => made.drop());
beforeEach(async () => {
  queue = await openQueue(made.url, () => {});
});
afterEach(() => queue.close());

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

test('a process works on a run once, and a second wake-up of it is for another process', async () => {
  const other = await openQueue(made.url, () => {});
  const { promise: both, resolve: bothWork } = Promise.withResolvers<void>();
  const { promise: more, resolve: moreRun } = Promise.withResolvers<void>();
  const at: string[] = [];
  const work = (name: string) => ({
    videosAtOnce: 0,
    runsAtOnce: 3,
    onVideo: async () => {},
    async onRun(runId: string) {
      if (runId === 'other') return moreRun();
      at.push(name);
      if (at.length === 1) for (let index = 0; index < 5; index++) await queue.wakeRun('shared');
      if (at.length === 2) bothWork();
      await both;
      // A run of its own is not held up by one that is worked on.
      if (name === at[0]) await queue.wakeRun('other');
      await more;
    },
  });
  try {
    await queue.work(work('here'));
    await other.work(work('there'));
    await queue.wakeRun('later', new Date(Date.now() + 60_000).toISOString());
    await queue.wakeRun('shared');
    await both;
    expect(at.toSorted()).toEqual(['here', 'there']);
    await more;
  } finally {
    bothWork();
    moreRun();
    await other.close();
  }
});

test('a film that every worker fails at is told of', async () => {
  const { promise: lost, resolve } = Promise.withResolvers<string>();
  const own = await openQueue(made.url, () => {});
  let tries = 0;
  await own.work({
    videosAtOnce: 1,
    async onVideo() {
      tries += 1;
      throw new Error('no scene');
    },
    onLostVideo: async (key) => resolve(key),
  });
  await own.wakeVideo('video/broken.mp4');
  expect(await lost).toBe('video/broken.mp4');
  expect(tries).toBe(3);
  await own.close();
});
