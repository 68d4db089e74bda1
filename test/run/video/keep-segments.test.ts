import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../../src/adapters/postgres/connect.ts';
import { postgresFilmIndex } from '../../../src/adapters/postgres/film-index.ts';
import { postgresLocks } from '../../../src/adapters/postgres/locks.ts';
import { contentTypeOf } from '../../../src/adapters/storage/content-type-of.ts';
import { folderStore } from '../../../src/adapters/storage/folder-store.ts';
import { s3Store } from '../../../src/adapters/storage/s3-store.ts';
import type { ArtefactStore } from '../../../src/render/artefact-store.ts';
import { jobOf, segmentKey } from '../../../src/render/segment-key.ts';
import { keepFilms } from '../../../src/run/video/keep-films.ts';
import { keepSegments } from '../../../src/run/video/keep-segments.ts';
import { type TestDatabase, testDatabase } from '../../support/database.ts';
import { flatLane } from '../../support/flat-lane.ts';
import { startS3Server } from '../../support/s3-server.ts';
import { sampleFilm, scene } from '../../support/sample-film.ts';

let database: TestDatabase;
let db: Database;
let locks: ReturnType<typeof postgresLocks>;
let folder: string;
beforeAll(async () => {
  database = await testDatabase();
  db = openDatabase(database.url);
  locks = postgresLocks(database.url);
  folder = await mkdtemp(join(tmpdir(), 'dearly-segments-'));
});
afterAll(async () => {
  await locks.close();
  await db.destroy();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  await db.deleteFrom('segments').execute();
});

function jobNamed(id: string, frames = 4) {
  return jobOf(sampleFilm([scene(id, frames)]), '16:9', 0);
}

const stores: [name: string, open: () => Promise<{ store: ArtefactStore; close: () => Promise<void> }>][] = [
  [
    'a folder',
    async () => ({ store: folderStore(await mkdtemp(join(folder, 'store-'))), close: async () => {} }),
  ],
  [
    'a bucket',
    async () => {
      const server = await startS3Server();
      const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
      const store = s3Store(
        { bucket: 'artefacts', prefix: 'test' },
        { endpoint: server.url, region: 'eu-central-1', credentials },
      );
      return { store, close: () => server.close() };
    },
  ],
];

describe.each(stores)('segments in %s', (_, open) => {
  let store: ArtefactStore;
  let close: () => Promise<void>;
  beforeAll(async () => ({ store, close } = await open()));
  afterAll(() => close());

  function segmentsWith({ budgetBytes = 1e9 } = {}) {
    const films = keepFilms({ store, index: postgresFilmIndex(db), budgetBytes });
    return { ...films, ...keepSegments({ store, films, locks, recentBytes: 0 }) };
  }
  async function drawAll(ids: readonly string[], segments = segmentsWith(), lane = flatLane()) {
    const keys: string[] = [];
    for (const id of ids) {
      const job = jobNamed(id);
      const key = segmentKey(job, await lane.drawnBy());
      keys.push(key);
      await segments.use(`video/of-${id}.mp4`, [key]);
      await segments.get(key, job, lane);
    }
    return keys;
  }

  test('one is drawn once, then found', async () => {
    const lane = flatLane();
    const segments = segmentsWith();
    const job = jobNamed('once');
    const key = segmentKey(job, await lane.drawnBy());
    await segments.use('video/a.mp4', [key]);
    expect(await segments.has([key])).toEqual(new Set());
    const counted: number[] = [];
    const onFrames = (count: number) => void counted.push(count);
    const [first, second] = await Promise.all([
      segments.get(key, job, lane, { onFrames }),
      segments.get(key, job, lane, { onFrames }),
    ]);
    expect(first.segment.packets).toHaveLength(4);
    expect(second.segment.packets).toHaveLength(4);
    expect((await segmentsWith().get(key, job, lane)).isDrawn).toBe(false);
    expect(counted).toEqual([4, 4]);
    expect(lane.drawn).toEqual(['once']);
    expect(await segments.has([key, 'segment/other.mp4'])).toEqual(new Set([key]));
  });

  test('a broken one is dropped and drawn again', async () => {
    const lane = flatLane();
    const job = jobNamed('broken');
    const [key = ''] = await drawAll(['broken'], segmentsWith(), lane);
    const whole = await buffer(await store.read(key));
    await store.put(key, whole.subarray(0, whole.length - 20), 'video/mp4');
    expect((await segmentsWith().get(key, job, lane)).isDrawn).toBe(true);
    expect(lane.drawn).toEqual(['broken', 'broken']);
    expect((await buffer(await store.read(key))).length).toBe(whole.length);
  });

  test('a lane that gives rubbish is a fault with the scene’s name, and nothing is kept', async () => {
    const lane = { ...flatLane(), segment: async () => new Uint8Array(100) };
    const job = jobNamed('rubbish');
    await expect(segmentsWith().get('segment/rubbish.mp4', job, lane)).rejects.toMatchObject({
      code: 'segment-broken',
      message: expect.stringContaining('"rubbish"'),
    });
    expect(await store.head('segment/rubbish.mp4')).toBeNull();
  });

  test('above the budget the least recently used go, from storage and from the books', async () => {
    const sizes = await sizesOf(await drawAll(['a', 'b', 'c', 'd']));
    const [a = '', b = '', c = '', d = ''] = [...sizes.keys()];
    await segmentsWith().use('video/later.mp4', [a]);
    // Room for all but one, until another comes.
    const budgetBytes = [...sizes.values()].reduce((sum, it) => sum + it, 0);
    const [e = ''] = await drawAll(['e'], segmentsWith({ budgetBytes }));
    const there = await Promise.all([a, b, c, d, e].map(async (it) => (await store.head(it)) !== null));
    expect(there).toEqual([true, false, true, true, true]);
    expect(await segmentsWith().has([a, b, c, d, e])).toEqual(new Set([a, c, d, e]));
  });

  test('a film that is being fetched stays, and counts; one that nobody fetches any more goes with its sound', async () => {
    const films = segmentsWith();
    const aged = ['video/old.mp4', 'sound/old.m4a', 'video/watched.mp4'];
    for (const key of [...aged, 'video/new.mp4']) {
      await films.use(key, [key]);
      await films.put(key, new Uint8Array(1000), contentTypeOf(key));
    }
    await sql`update segments set used_at = now() - interval '1 hour' where key = any(${aged})`.execute(db);
    await films.touch('video/watched.mp4');
    await films.use('video/a.mp4', ['segment/a.mp4']);
    await segmentsWith({ budgetBytes: 1000 }).put('segment/a.mp4', new Uint8Array(500), 'video/mp4');
    const all = [...aged, 'video/new.mp4', 'segment/a.mp4'];
    expect(await films.has(all)).toEqual(new Set(['video/watched.mp4', 'video/new.mp4', 'segment/a.mp4']));
    const there = await Promise.all(all.map(async (it) => (await store.head(it)) !== null));
    expect(there).toEqual([false, false, true, true, true]);
  });

  test('one that is fetched while others are dropped stays, or is gone before anybody is told that it is there', async () => {
    const index = postgresFilmIndex(db);
    const films = segmentsWith();
    const [fetched, late] = ['video/fetched.mp4', 'video/late.mp4'];
    for (const key of [fetched, late]) {
      await films.use(key, [key]);
      await films.put(key, new Uint8Array(1000), 'video/mp4');
    }
    await sql`update segments set used_at = now() - interval '1 hour' where key in (${fetched}, ${late})`.execute(
      db,
    );
    const seen = await index.overBudget(0);
    await films.touch(fetched);
    const told: Promise<unknown>[] = [];
    await index.drop(seen, async (key) => {
      if (key === late) told.push(films.touch(key).then(() => store.head(key)));
      await store.remove(key);
    });
    expect(await Promise.all(told)).toEqual([null]);
    expect(await store.head(fetched)).not.toBeNull();
    expect(await films.has([fetched, late])).toEqual(new Set([fetched]));
  });

  test('one that was forgotten while it was drawn does not stay', async () => {
    const job = jobNamed('erased');
    const erase = async () => void (await db.deleteFrom('segments').execute());
    const lane = flatLane({ before: erase });
    const key = segmentKey(job, await lane.drawnBy());
    const segments = segmentsWith();
    await segments.use('video/a.mp4', [key]);
    expect((await segments.get(key, job, lane)).isDrawn).toBe(true);
    expect(await store.head(key)).toBeNull();
  });

  async function sizesOf(keys: readonly string[]) {
    const heads = keys.map(
      async (it): Promise<[string, number]> => [it, (await store.head(it))?.sizeBytes ?? 0],
    );
    return new Map(await Promise.all(heads));
  }
});

test('whoever leaves does not take the drawing from those who stay', async () => {
  const { promise: started, resolve: start } = Promise.withResolvers<void>();
  const { promise: free, resolve: let_go } = Promise.withResolvers<void>();
  const lane = flatLane({
    before: async () => {
      start();
      await free;
    },
  });
  const store = folderStore(await mkdtemp(join(folder, 'leave-')));
  const films = keepFilms({ store, index: postgresFilmIndex(db), budgetBytes: 1e9 });
  const segments = keepSegments({ store, films, locks });
  const job = jobNamed('leave');
  const key = segmentKey(job, await lane.drawnBy());
  const leaver = new AbortController();
  const left = segments.get(key, job, lane, { signal: leaver.signal });
  const stays = segments.get(key, job, lane);
  await started;
  leaver.abort();
  await expect(left).rejects.toMatchObject({ name: 'AbortError' });
  let_go();
  expect((await stays).segment.packets).toHaveLength(4);
  expect(lane.drawn).toEqual(['leave']);
});

test('two processes that ask at once draw it once', async () => {
  const store = await mkdtemp(join(folder, 'two-'));
  const job = jobOf(sampleFilm([scene('shared', 40)]), '16:9', 0);
  const key = segmentKey(job, await flatLane().drawnBy());
  const workers = [1, 2, 3].map(() =>
    spawn(process.execPath, ['test/support/draw-segment.ts', database.url, store, key], {
      stdio: ['pipe', 'pipe', 'inherit'],
    }),
  );
  await Promise.all(workers.map((it) => once(it.stdout, 'data')));
  const answers = workers.map(async (it) => {
    it.stdin.write('go\n');
    const [answer] = await once(it.stdout, 'data');
    await once(it, 'exit');
    return String(answer).trim();
  });
  expect((await Promise.all(answers)).sort()).toEqual(['drew', 'found', 'found']);
});
