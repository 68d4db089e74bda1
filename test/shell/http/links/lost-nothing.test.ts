import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  createOutbox,
  type Outbox,
  type PageEvent,
  type Shelf,
} from '../../../../src/web/site/page/outbox.ts';
import { type House, openHouse } from '../open-house.ts';

let house: House;
let port: number;
let child: ChildProcess;

beforeAll(async () => {
  house = await openHouse();
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  port = Object(probe.address()).port;
  probe.close();
  await once(probe, 'close');
});
afterAll(async () => {
  child?.kill('SIGKILL');
  await house.close();
});

/** Listens on the same port again, until it has kept so many batches. */
async function serve(batches: number): Promise<void> {
  const { databaseUrl = '', dataDir } = house.wire.config;
  child = fork(new URL('../mortal-server.ts', import.meta.url), [String(port), String(batches)], {
    env: { ...process.env, DATABASE_URL: databaseUrl, DEARLY_DATA_DIR: dataDir, LOG_LEVEL: 'silent' },
    execArgv: [],
  });
  const ended = once(child, 'exit').then(() => ['ended']);
  expect(await Promise.race([once(child, 'message'), ended])).toContain('listens');
}

test('a server is killed while a page tells it hundreds of things: none is lost, none counts twice', async () => {
  const { snapshot, links } = await house.links(await house.person());
  const url = `http://127.0.0.1:${port}${new URL(links.answer, 'http://x').pathname}`;
  let kept: readonly PageEvent[] = [];
  const shelf: Shelf = {
    read: () => kept,
    write: (events) => {
      kept = [...events];
    },
  };
  const told: string[] = [];
  const tell = (outbox: Outbox, count: number) => {
    for (let n = 0; n < count; n++) {
      told.push(`scene-${told.length}`);
      outbox.add('video-chapter', { scene: told.at(-1) ?? '' });
    }
  };
  // The third batch is kept, but nobody hears of it.
  await serve(3);
  const first = createOutbox({ url, shelf, gatherMs: 1, retryMs: 20 });
  tell(first, 250);
  await once(child, 'exit');
  tell(first, 50);
  expect(first.waiting).toBe(200);

  // Meanwhile the page is closed, and opened again: both of them tell what is left.
  const second = createOutbox({ url, shelf: { ...shelf, write: () => {} }, retryMs: 20 });
  expect(second.waiting).toBe(200);
  await serve(Number.POSITIVE_INFINITY);
  tell(second, 20);
  for (const outbox of [first, second]) outbox.send();
  await expect.poll(() => first.waiting + second.waiting, { timeout: 20_000 }).toBe(0);
  const events = (await house.events(snapshot.id)).map((it) => (it.data as { scene: string }).scene);
  expect(events).toEqual(told);
}, 60_000);
