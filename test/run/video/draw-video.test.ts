import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { decodeVideo } from '../../../src/adapters/ffmpeg/decode-video.ts';
import { type Database, openDatabase } from '../../../src/adapters/postgres/connect.ts';
import { postgresFilmIndex } from '../../../src/adapters/postgres/film-index.ts';
import { postgresLocks } from '../../../src/adapters/postgres/locks.ts';
import { folderStore } from '../../../src/adapters/storage/folder-store.ts';
import { DearlyError } from '../../../src/errors.ts';
import { videoKey } from '../../../src/render/artefact-key.ts';
import { drawVideo } from '../../../src/run/video/draw-video.ts';
import { type TestDatabase, testDatabase } from '../../support/database.ts';
import { drawTools } from '../../support/draw-tools.ts';
import { type FlatLaneOptions, flatLane } from '../../support/flat-lane.ts';
import { sampleFilm, scene } from '../../support/sample-film.ts';

let database: TestDatabase;
let db: Database;
let locks: ReturnType<typeof postgresLocks>;
let folder: string;
beforeAll(async () => {
  database = await testDatabase();
  db = openDatabase(database.url);
  locks = postgresLocks(database.url);
});
beforeEach(async () => {
  await db.deleteFrom('segments').execute();
  folder = await mkdtemp(join(tmpdir(), 'dearly-draw-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));
afterAll(async () => {
  await locks.close();
  await db.destroy();
  await database.drop();
});

function tools(options?: FlatLaneOptions) {
  const lane = flatLane(options);
  const draw = drawTools(lane, { store: folderStore(folder), locks, index: postgresFilmIndex(db) });
  return { lane, draw };
}

const anna = sampleFilm([
  scene('greeting', 12, { props: { name: 'Anna' } }),
  scene('usage', 20),
  scene('end', 8),
]);
const bert = {
  ...anna,
  scenes: [scene('greeting', 12, { props: { name: 'Bert' } }), ...anna.scenes.slice(1)],
};

test('a film is drawn; the next one draws only what is its own', async () => {
  const { lane, draw } = tools();
  const shares: number[] = [];
  const onProgress = (share: number) => void shares.push(share);
  const first = await drawVideo(anna, { format: '16:9', onProgress }, draw);
  expect(first).toMatchObject({
    key: videoKey(anna, '16:9'),
    durationMs: 1333,
    sizeBytes: first.bytes.byteLength,
    drawnFrames: 40,
    keptFrames: 0,
  });
  expect(shares.at(-1)).toBe(1);
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
  const second = await drawVideo(bert, { format: '16:9' }, draw);
  expect(second).toMatchObject({ drawnFrames: 12, keptFrames: 28 });
  expect([...lane.drawn].sort()).toEqual(['end', 'greeting', 'greeting', 'usage']);
  const path = join(folder, 'bert.mp4');
  await writeFile(path, second.bytes);
  expect(await decodeVideo(path)).toMatchObject({ frames: 40, messages: [] });
});

test('the scenes are keyed and drawn as their pictures were settled, the film as it was asked for', async () => {
  const { draw } = tools();
  const settled = {
    ...anna,
    scenes: anna.scenes.map((it) => ({ ...it, props: { ...it.props, asset: 'asset:1' } })),
  };
  const heard: unknown[] = [];
  const film = await drawVideo(
    anna,
    { format: '16:9' },
    {
      ...draw,
      assets: { settle: async () => settled },
      sounds: {
        get: async (storyboard) => {
          heard.push(storyboard);
          return null;
        },
      },
    },
  );
  expect(film.key).toBe(videoKey(anna, '16:9'));
  expect(heard).toEqual([settled]);
  const { n } = await db
    .selectFrom('segments')
    .select((it) => it.fn.countAll().as('n'))
    .where('video_key', '=', film.key)
    .executeTakeFirstOrThrow();
  expect(Number(n)).toBe(3);
});

describe('a scene that fails', () => {
  test('is named, ends the others, and lets the next attempt go on from what stands', async () => {
    let broken = true;
    const aborted: string[] = [];
    const begun = Promise.withResolvers<void>();
    const { lane, draw } = tools({
      async before({ scene: { id } }, signal) {
        if (id === 'usage' && broken) {
          await begun.promise;
          throw new RangeError('no bars');
        }
        if (id !== 'end' || !broken) return;
        await new Promise((_, reject) => {
          signal?.addEventListener('abort', () => {
            aborted.push(id);
            reject(signal.reason);
          });
          begun.resolve();
        });
      },
    });
    await expect(drawVideo(anna, { format: '16:9' }, draw)).rejects.toMatchObject({
      code: 'render-failed',
      message: 'sample, scene "usage": no bars',
    });
    expect(aborted).toEqual(['end']);
    broken = false;
    expect((await drawVideo(anna, { format: '16:9' }, draw)).bytes.length).toBeGreaterThan(1000);
    expect(lane.drawn).toContain('end');
  });

  test('keeps the words of a lane that names it itself', async () => {
    const fault = new DearlyError('render-failed', 'sample, scene "usage": the page hung twice');
    const { draw } = tools({
      before: ({ scene: { id } }) => {
        if (id === 'usage') throw fault;
      },
    });
    await expect(drawVideo(anna, { format: '16:9' }, draw)).rejects.toBe(fault);
  });
});

test('whoever gives up gets the reason, and nothing runs on', async () => {
  const leaver = new AbortController();
  let running = 0;
  const { draw } = tools({
    async before(_, signal) {
      running += 1;
      leaver.abort(new Error('enough'));
      await new Promise<void>((resolve) => {
        if (signal?.aborted) resolve();
        signal?.addEventListener('abort', () => resolve());
      });
      running -= 1;
    },
  });
  await expect(drawVideo(anna, { format: '16:9', signal: leaver.signal }, draw)).rejects.toThrow('enough');
  expect(running).toBe(0);
});

test('a sound that cannot be made is the film’s fault too', async () => {
  const { draw } = tools();
  const fault = new DearlyError('sound-invalid', 'The sound of scene "usage" cannot be made.');
  const sounds = { get: () => Promise.reject(fault) };
  await expect(drawVideo(anna, { format: '16:9' }, { ...draw, sounds })).rejects.toBe(fault);
});
