import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { fields, oddJob, openLane, type TestLane } from './open-lane.ts';
import { browsersOf, until } from './processes.ts';

let it: TestLane | null = null;

afterEach(async () => {
  await it?.end();
  it = null;
});

const plain = (more = {}) => oddJob('plain', { colors: fields }, more);

test('a scene that hangs is tried twice and fails with its reason; its renderers end, others draw on', async () => {
  it = await openLane({ pages: 2, frameTimeoutMs: 5000 });
  const { lane, dataDir } = it;
  const hung = lane.segment(oddJob('hangs')).catch((cause: unknown) => cause);
  const others = await Promise.all(Array.from({ length: 4 }, () => lane.segment(plain())));
  expect(others).toHaveLength(4);
  expect(await hung).toMatchObject({
    code: 'render-failed',
    message: 'odd, scene "hangs": a frame took longer than 5 s',
  });
  const renderers = async () =>
    (await browsersOf(dataDir)).filter(({ command }) => command.includes('--type=renderer'));
  // One that draws no more and the browser's first blank page; the two that hung are gone.
  expect(await until(async () => (await renderers()).length <= 2, 10_000)).toBe(true);
  await expect(lane.segment(plain())).resolves.toBeInstanceOf(Uint8Array);
}, 120_000);

test('what a browser that dies had under way is drawn by the next', async () => {
  it = await openLane({ pages: 2 });
  const { lane, dataDir } = it;
  let killed = false;
  const kill = async () => {
    if (killed) return;
    killed = true;
    const [one] = await browsersOf(dataDir);
    if (one) process.kill(-one.group, 'SIGKILL');
  };
  const long = plain({ durationInFrames: 400, paint: 'always' });
  const drawn = await Promise.all([
    lane.segment(long, { onFrames: () => void kill() }),
    lane.segment(long),
    lane.segment(plain()),
  ]);
  expect(killed).toBe(true);
  expect(drawn.every(({ byteLength }) => byteLength > 500)).toBe(true);
}, 120_000);

test('pages and browsers are replaced after their share of work; nothing is left after close', async () => {
  it = await openLane({ pages: 1, tasksPerPage: 2, pagesPerBrowserLife: 2 });
  const { lane, dataDir } = it;
  const seen = new Set<string>();
  for (let round = 0; round < 6; round += 1) {
    await lane.still(plain(), round);
    for (const name of await readdir(join(dataDir, 'browsers'))) seen.add(name);
  }
  expect(seen.size, 'four tasks a browser').toBe(2);
  expect(await readdir(join(dataDir, 'browsers'))).toHaveLength(1);
  await lane.close();
  expect(await readdir(join(dataDir, 'browsers'))).toEqual([]);
  expect(await browsersOf(dataDir)).toEqual([]);
}, 120_000);

test('a browser that is none is told so', async () => {
  it = await openLane({ browserPath: async () => '/bin/false' });
  await expect(it.lane.still(plain(), 0)).rejects.toMatchObject({ code: 'browser-unavailable' });
  expect(await readdir(join(it.dataDir, 'browsers'))).toEqual([]);
}, 120_000);
