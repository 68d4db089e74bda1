// A film asked for over HTTP, drawn by a worker, fetched by its link: all of it real, and as small as a film can be.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decodeVideo } from '../../../../src/adapters/ffmpeg/decode-video.ts';
import { createKey } from '../../../../src/adapters/postgres/api-keys.ts';
import { readConfig } from '../../../../src/config.ts';
import { takeJobs } from '../../../../src/shell/cli/run-jobs.ts';
import { type RunningServer, startServer } from '../../../../src/shell/start-server.ts';
import { openWire, type Wire } from '../../../../src/shell/wire.ts';
import ada from '../../../fixtures/small-house/ada.json' with { type: 'json' };
import { testDatabase } from '../../../support/database.ts';

const house = resolve('test/fixtures/small-house');
let made: Awaited<ReturnType<typeof testDatabase>>;
let folder: string;
let wire: Wire;
let server: RunningServer;
let headers: Record<string, string>;
const stop = new AbortController();
const faults: unknown[] = [];

beforeAll(async () => {
  made = await testDatabase();
  folder = await mkdtemp(join(tmpdir(), 'dearly-film-'));
  const config = readConfig({
    DATABASE_URL: made.url,
    // Kept from run to run, so that the browser is unpacked and the scenes are built once.
    DEARLY_DATA_DIR: resolve('.dearly/tests'),
    DEARLY_STORAGE_URL: pathToFileURL(join(folder, 'store')).href,
  });
  const folders = {
    packs: join(house, 'templates'),
    compositions: join(house, 'compositions'),
    senders: [join(house, 'senders')],
  };
  wire = await openWire(config, { folders });
  server = await startServer(wire, { host: '127.0.0.1', port: 0, logLevel: 'silent' });
  await takeJobs(wire, { signal: stop.signal, onFault: (_, error) => faults.push(error) });
  const { key } = await createKey(wire.db, { name: 'test', scopes: ['renders'] });
  headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
}, 180_000);
afterAll(async () => {
  stop.abort();
  await server.close();
  await wire.close();
  await made.drop();
  await rm(folder, { recursive: true, force: true });
});

const ask = () =>
  fetch(`${server.url}/v1/renders`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ profile: ada, pack: 'hello', channels: ['video'], format: '9:16' }),
  });

test('202, a job that comes to its end, a film in the format asked for; then 200 at once', async () => {
  const asked = await ask();
  expect(asked.status).toBe(202);
  const place = new URL(asked.headers.get('location') ?? '', server.url);
  let job: { state: string; progress: number; url: string } = { state: 'making', progress: 0, url: '' };
  while (job.state === 'making') {
    // As Retry-After says, but sooner.
    await wait(200);
    job = (await (await fetch(place, { headers })).json()) as typeof job;
  }
  expect(faults).toEqual([]);
  expect(job).toMatchObject({ state: 'ready', progress: 1 });

  const film = await fetch(job.url);
  expect(film.headers.get('content-type')).toBe('video/mp4');
  const file = join(folder, 'film.mp4');
  await writeFile(file, Buffer.from(await film.arrayBuffer()));
  expect(await decodeVideo(file)).toMatchObject({ width: 720, height: 1280, frames: 12, messages: [] });

  const again = await ask();
  expect(again.status).toBe(200);
  expect(await again.json()).toMatchObject({ video: { state: 'ready', progress: 1, format: '9:16' } });
}, 180_000);
