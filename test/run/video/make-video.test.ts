import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decodeVideo } from '../../../src/adapters/ffmpeg/decode-video.ts';
import { type Database, openDatabase } from '../../../src/adapters/postgres/connect.ts';
import { eraseProfile } from '../../../src/adapters/postgres/erase-profile.ts';
import { postgresFilmIndex } from '../../../src/adapters/postgres/film-index.ts';
import { findProfile } from '../../../src/adapters/postgres/find-profile.ts';
import { keepSnapshot } from '../../../src/adapters/postgres/keep-snapshot.ts';
import { postgresLocks } from '../../../src/adapters/postgres/locks.ts';
import { upsertProfiles } from '../../../src/adapters/postgres/upsert-profiles.ts';
import { postgresVideoJobs } from '../../../src/adapters/postgres/video-jobs.ts';
import { folderStore } from '../../../src/adapters/storage/folder-store.ts';
import type { Snapshot, Storyboard } from '../../../src/merge/snapshot.ts';
import { pdfNoteKey, stillKey, videoKey } from '../../../src/render/artefact-key.ts';
import { makeStills } from '../../../src/run/video/make-stills.ts';
import { makeVideos } from '../../../src/run/video/make-video.ts';
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
  folder = await mkdtemp(join(tmpdir(), 'dearly-make-'));
});
afterAll(async () => {
  await locks.close();
  await db.destroy();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

function house(options?: FlatLaneOptions) {
  const lane = flatLane(options);
  const store = folderStore(folder);
  const woken: string[] = [];
  const queue = {
    wakeRun: async () => {},
    wakeVideo: async (key: string) => void woken.push(key),
  };
  // Nothing in memory, so that what is counted is what storage holds.
  const draw = drawTools(lane, { store, locks, index: postgresFilmIndex(db), recentBytes: 0 });
  const stills = makeStills({ store, laneFor: draw.laneFor, assets: draw.assets });
  // Printed by the real browser elsewhere (test/shell/http/links/pdf.test.ts).
  const printed: string[] = [];
  const pdfs = {
    get: async ({ id }: Snapshot) => {
      printed.push(id);
      return { key: 'pdf/none.pdf', sizeBytes: 0 };
    },
  };
  const videos = makeVideos({ ...draw, jobs: postgresVideoJobs(db), stills, pdfs, store, queue });
  return { lane, store, woken, printed, videos };
}

async function person(name: string): Promise<Snapshot & { readonly storyboard: Storyboard }> {
  await upsertProfiles(db, [{ externalId: name, firstName: name }]);
  const profile = await findProfile(db, { externalId: name });
  const storyboard = sampleFilm([
    scene('greeting', 10, { props: { name } }),
    scene('shared', 6),
    scene('amount', 5, { props: { amount: name } }),
  ]);
  const snapshot = {
    id: randomUUID(),
    profileId: profile?.id ?? '',
    pack: { name: 'statement', version: '1' },
    storyboard,
    madeAt: new Date().toISOString(),
  } as unknown as Snapshot & { readonly storyboard: Storyboard };
  await keepSnapshot(db, snapshot, new Date(Date.now() + 3_600_000));
  return snapshot;
}

test('a film is asked for, made by a worker, and then ready: in its own format, or in another', async () => {
  const { videos, woken, store, lane } = house();
  const anna = await person('Anna');
  expect(await videos.peek(anna)).toEqual({ state: 'absent' });
  expect(await videos.request(anna)).toMatchObject({ state: 'making', progress: 0 });
  expect(await videos.request(anna, '9:16')).toMatchObject({ state: 'making' });
  await expect(videos.request(anna, '1:1')).rejects.toMatchObject({ code: 'request-invalid' });
  expect(woken).toEqual([videoKey(anna.storyboard, '16:9'), videoKey(anna.storyboard, '9:16')]);
  for (const key of woken) await videos.make(key);
  for (const format of [undefined, '9:16'] as const) {
    const state = await videos.peek(anna, format);
    if (state.state !== 'ready') throw new Error(state.state);
    const path = join(folder, 'made.mp4');
    await writeFile(path, await buffer(await store.read(state.key)));
    expect(await decodeVideo(path)).toMatchObject({ frames: 21, messages: [] });
  }
  await videos.make(woken[0] ?? '');
  expect(lane.drawn).toHaveLength(6);
});

test('film and poster of a message are made ahead, each once', async () => {
  const { videos, woken, store } = house();
  const nora = await person('Nora');
  await videos.ahead(nora, ['video', 'poster']);
  const keys = [videoKey(nora.storyboard, '16:9'), stillKey(nora.storyboard, '16:9', 'poster.jpg')];
  expect(woken).toEqual(keys);
  for (const key of keys) {
    await videos.make(key);
    expect(await store.head(key)).not.toBeNull();
  }
  await videos.ahead(nora, ['video', 'poster']);
  await videos.ahead({ ...nora, storyboard: null }, ['video', 'poster']);
  expect(woken).toEqual(keys);
});

test('what fails says why, leaves nothing behind, and may be asked for again', async () => {
  const broken = house({
    before: ({ scene: { id } }) => {
      if (id === 'amount') throw new Error('no figures');
    },
  });
  const berta = await person('Berta');
  await broken.videos.request(berta);
  const key = videoKey(berta.storyboard, '16:9');
  await expect(broken.videos.make(key)).rejects.toMatchObject({ code: 'render-failed' });
  expect(await broken.videos.peek(berta)).toEqual({
    state: 'failed',
    reason: 'sample, scene "amount": no figures',
    retryAfterSeconds: 60,
  });
  expect(await broken.store.head(key)).toBeNull();
  const { videos } = house();
  await videos.request(berta);
  await videos.make(key);
  expect(await videos.peek(berta)).toMatchObject({ state: 'ready' });
});

test('erasing a person takes the film and the scenes that it brought, and leaves what others brought', async () => {
  const { videos, store } = house();
  const [cara, dora] = [await person('Cara'), await person('Dora')];
  for (const { storyboard, ...snapshot } of [cara, dora]) {
    await videos.request({ ...snapshot, storyboard });
    await videos.make(videoKey(storyboard, '16:9'));
  }
  const before = await readdir(join(folder, 'segment'));
  const { artefactKeys } = await eraseProfile(db, dora.profileId, { secret: Buffer.alloc(32) });
  for (const key of artefactKeys) await store.remove(key);
  // The greeting and the amount; the shared scene came with somebody else's film.
  expect(before.length - (await readdir(join(folder, 'segment'))).length).toBe(2);
  expect(await store.head(videoKey(dora.storyboard, '16:9'))).toBeNull();
  expect(await videos.peek(cara)).toMatchObject({ state: 'ready' });
});

test.for(['while', 'before', 'and then it fails'])(
  'a person erased as the film is drawn (%s) leaves no scene and no film',
  async (when) => {
    const eve = await person(`Eve ${when}`);
    async function erase() {
      const { artefactKeys } = await eraseProfile(db, eve.profileId, { secret: Buffer.alloc(32) });
      for (const key of artefactKeys) await store.remove(key);
    }
    const { lane, videos, store } = house({
      async before({ scene: { id } }) {
        if (id === 'amount' && when === 'while') await erase();
        if (id === 'amount' && when === 'and then it fails') throw new Error('the lane broke');
      },
    });
    const drawnBy = await lane.drawnBy();
    // A browser takes its time to start.
    if (when !== 'while') Object.assign(lane, { drawnBy: () => erase().then(() => drawnBy) });
    const before = await readdir(join(folder, 'segment'));
    await videos.request(eve);
    const made = videos.make(videoKey(eve.storyboard, '16:9'));
    if (when === 'and then it fails') await expect(made).rejects.toMatchObject({ code: 'render-failed' });
    else await made;
    const kept = await db.selectFrom('segments').select('key').execute();
    const there = await readdir(join(folder, 'segment'));
    const films = await readdir(join(folder, 'video'));
    expect(there.filter((it) => !before.includes(it))).toEqual([]);
    const files = [...there.map((it) => `segment/${it}`), ...films.map((it) => `video/${it}`)];
    expect(kept.map(({ key }) => key).sort()).toEqual(files.sort());
    expect(await store.head(videoKey(eve.storyboard, '16:9'))).toBeNull();
  },
);

test('a document is asked for ahead under the name by which erasing finds it, and made by whoever is woken', async () => {
  const { videos, woken, printed } = house();
  const it = await person('Paper');
  await videos.ahead(it, ['pdf']);
  expect(woken).toEqual([pdfNoteKey(it.id)]);
  expect(printed).toEqual([]);
  await videos.make(pdfNoteKey(it.id));
  expect(printed).toEqual([it.id]);
});
