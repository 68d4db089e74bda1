import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openRecord, readRecords, recordBrowser } from '../../../src/adapters/chromium/browser-records.ts';
import { reapBrowsers } from '../../../src/adapters/chromium/reap-browsers.ts';
import { browsersOf, groupOf, until } from './fast-lane/processes.ts';

const drawer = fileURLToPath(new URL('fast-lane/draw-for-ever.ts', import.meta.url));
let dataDir: string;
const children: ChildProcess[] = [];

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'dearly-reap-'));
});

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const { group } of await browsersOf(dataDir)) process.kill(-group, 'SIGKILL');
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
});

test('what a killed process left running is gone within ten seconds of the next start', async () => {
  const child = await drawInChild();
  const [browser] = await readRecords(dataDir);
  const pid = browser?.browser?.pid ?? 0;
  expect(pid).toBeGreaterThan(1);
  // One that stands still does not notice that its parent has died: the worst that can be left behind.
  process.kill(-pid, 'SIGSTOP');
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect((await browsersOf(dataDir)).length).toBeGreaterThan(1);

  const startedAt = Date.now();
  expect(await reapBrowsers(dataDir)).toBe(1);
  expect(await until(async () => (await browsersOf(dataDir)).length === 0, 10_000)).toBe(true);
  expect(await groupOf(pid)).toEqual([]);
  expect(Date.now() - startedAt).toBeLessThan(10_000);
  expect(await readdir(join(dataDir, 'browsers')), 'its profile is gone').toEqual([]);
}, 120_000);

test('a browser ends by itself when its parent is killed', async () => {
  const child = await drawInChild();
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(await until(async () => (await browsersOf(dataDir)).length === 0, 30_000)).toBe(true);
}, 120_000);

test('what belongs to a process that runs is left alone', async () => {
  const other = stay();
  const record = await openRecord(dataDir);
  await recordBrowser(record, other.pid ?? 0);
  expect(await reapBrowsers(dataDir)).toBe(0);
  expect(await readRecords(dataDir)).toHaveLength(1);
  expect(other.exitCode ?? other.signalCode).toBeNull();
});

test('a number that is another process by now is not touched', async () => {
  const parent = stay();
  const stranger = stay();
  const record = await openRecord(dataDir);
  const content = {
    parent: { pid: parent.pid, startedAt: 'long ago' },
    browser: { pid: stranger.pid, startedAt: 'long ago' },
  };
  await writeFile(join(record.dir, 'processes.json'), JSON.stringify(content));
  expect(await reapBrowsers(dataDir)).toBe(1);
  expect(stranger.exitCode ?? stranger.signalCode).toBeNull();
  expect(await readRecords(dataDir)).toEqual([]);
});

/** A process of its own that draws in `dataDir` and says so. */
async function drawInChild(): Promise<ChildProcess> {
  const child = spawn(process.execPath, [drawer, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  await once(child.stdout ?? child, 'data');
  return child;
}

/** One that does nothing, in a group of its own. */
function stay(): ChildProcess {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], {
    stdio: 'ignore',
    detached: true,
  });
  children.push(child);
  return child;
}
