import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFastLane } from '../../../src/adapters/chromium/fast-lane/fast-lane.ts';
import { decodeVideo } from '../../../src/adapters/ffmpeg/decode-video.ts';
import { type Database, openDatabase } from '../../../src/adapters/postgres/connect.ts';
import { postgresFilmIndex } from '../../../src/adapters/postgres/film-index.ts';
import { postgresLocks } from '../../../src/adapters/postgres/locks.ts';
import { folderStore } from '../../../src/adapters/storage/folder-store.ts';
import type { Lane } from '../../../src/render/lane.ts';
import { drawVideo } from '../../../src/run/video/draw-video.ts';
import { sampleStoryboard } from '../../compositions/sample-storyboard.ts';
import { type TestDatabase, testDatabase } from '../../support/database.ts';
import { drawTools } from '../../support/draw-tools.ts';
import { testBrowser } from '../../support/test-browser.ts';

const compositionsDir = fileURLToPath(new URL('../../../compositions', import.meta.url));
let database: TestDatabase;
let db: Database;
let locks: ReturnType<typeof postgresLocks>;
let dataDir: string;
let lane: Lane;
beforeAll(async () => {
  database = await testDatabase();
  db = openDatabase(database.url);
  locks = postgresLocks(database.url);
  dataDir = await mkdtemp(join(tmpdir(), 'dearly-film-'));
  lane = createFastLane({ browserPath: testBrowser, dataDir, compositionsDir });
});
afterAll(async () => {
  await lane?.close();
  await locks.close();
  await db.destroy();
  await database.drop();
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
});

/** The opening of the shipped statement: a scene for all and one for all of a name. */
async function openingFor(firstName: string) {
  const { storyboard } = await sampleStoryboard('ada-credit', { firstName });
  return { ...storyboard, scenes: storyboard.scenes.slice(0, 2) };
}

test('two people’s statements share what is not theirs, and each decodes without a message', {
  timeout: 180_000,
}, async () => {
  const store = folderStore(join(dataDir, 'store'));
  const tools = drawTools(lane, { store, locks, index: postgresFilmIndex(db) });
  const ada = await openingFor('Ada');
  const frames = ada.scenes.reduce((sum, it) => sum + it.durationInFrames, 0);
  expect(await drawVideo(ada, { format: '16:9' }, tools)).toMatchObject({ drawnFrames: frames });
  const film = await drawVideo(await openingFor('Bertram'), { format: '16:9' }, tools);
  expect(film.keptFrames).toBeGreaterThan(0);
  expect(film.drawnFrames).toBeGreaterThan(0);
  const path = join(dataDir, 'film.mp4');
  await writeFile(path, film.bytes);
  expect(await decodeVideo(path)).toMatchObject({ frames, width: 1280, height: 720, messages: [] });
});
